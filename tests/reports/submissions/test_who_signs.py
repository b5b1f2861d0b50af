"""The lines of a signature (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7): in whose right, as what, with which rank."""

import io

import pytest
from docx import Document

from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import document_html
from cluster_portal.files.word import WordDocument
from members.forms.cluster import ClusterForm
from members.forms.units import UnitForm
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.submissions.letterhead import unit_letterhead
from tests.members.test_cluster_pages import SENT
from tests.support.factories import UnitFactory

pytestmark = pytest.mark.django_db


def signed(**facts):
    head = unit_letterhead(UnitFactory.build(leader="Nguyễn Văn An", **facts), Cluster())
    return [*head.capacity_lines, head.signer_name]


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({"kind": "school"}, ["Thủ trưởng đơn vị", "Nguyễn Văn An"]),
        ({"kind": "school", "leader_title": "Hiệu trưởng"}, ["Hiệu trưởng", "Nguyễn Văn An"]),
        (
            {"kind": "armed_forces", "leader_title": "Chỉ huy trưởng", "leader_rank": "Thượng tá"},
            ["Chỉ huy trưởng", "Thượng tá Nguyễn Văn An"],
        ),
        (
            {"kind": "agency", "leader_title": "Giám đốc", "signer_authority": "Q."},
            ["Q. Giám đốc", "Nguyễn Văn An"],
        ),
        (
            {
                **{"kind": "armed_forces", "leader_title": "Chỉ huy trưởng", "leader_rank": "Thượng tá"},
                **{"signer_authority": "KT.", "signer_title": "Phó Chỉ huy trưởng"},
                **{"signer_name": "Trần Văn Bình", "signer_rank": "Trung tá"},
            },
            ["KT. Chỉ huy trưởng", "Phó Chỉ huy trưởng", "Trung tá Trần Văn Bình"],
        ),
        ({"kind": "commune"}, ["TM. Ủy ban nhân dân", "Chủ tịch", "Nguyễn Văn An"]),
        (
            {"kind": "commune", "signer_authority": "KT.", "signer_title": "Phó Chủ tịch", "signer_name": "Lê Thị Ba"},
            ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch", "Lê Thị Ba"],
        ),
    ],
)
def test_a_unit_signs_in_the_right_of_its_leader(facts, lines):
    assert signed(**facts) == lines


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"signer_authority": "KT."}, {"signer_title", "signer_name"}),
        ({"signer_authority": "KT.", "signer_title": "Phó Chủ tịch", "signer_name": "Lê Thị Ba"}, set()),
        ({"signer_authority": "Q."}, set()),
        ({"signer_name": "Lê Thị Ba", "signer_rank": "Trung tá"}, {"signer_name", "signer_rank"}),
        ({"signer_authority": "TM."}, {"signer_authority"}),
    ],
)
def test_who_signs_for_a_leader_says_as_what_and_by_which_name(facts, wrong):
    unit = {"name": "Xã Mới", "short_name": "Mới", "kind": "commune", "joined_on": "01/01/2020", "order": 1}
    assert UnitForm({**unit, **facts}).errors.keys() == wrong


def test_the_cluster_signs_with_a_rank(cluster):
    Cluster.objects.update(signer_rank="Đại tá", signer_name="Hoàng Văn Tư")
    assert build_letterhead(Cluster.get(), on=None).signer_name == "Đại tá Hoàng Văn Tư"
    Cluster.objects.update(signer_name="")
    assert build_letterhead(Cluster.get(), on=None).signer_name == ""


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"signer_rank": "Đại tá", "signer_name": "N" * 113}, set()),
        ({"signer_rank": "Đại tá", "signer_name": "N" * 114}, {"signer_name"}),
        ({"signer_authority": "Q.", "signer_capacity": "C" * 118}, {"signer_capacity"}),
    ],
)
def test_what_is_printed_together_fits_where_it_is_kept(cluster, facts, wrong):
    assert ClusterForm({**SENT, "revision": cluster.revision, **facts}, instance=cluster).errors.keys() == wrong


def test_saving_the_settings_keeps_the_contact(as_user, secretariat, cluster):
    Cluster.objects.update(contact="đồng chí Thư Ký, điện thoại 024 0000")
    page = as_user(secretariat).get("/cluster/").content.decode()
    assert 'name="contact" value="đồng chí Thư Ký, điện thoại 024 0000"' in page


HEAD = DocumentHead(
    Letterhead(issuer="Xã", signer_capacity="TM. A", signer_title="KT. B\nC", signer_name="Đại úy D"),
    "Báo cáo",
    "BC",
    "x",
)


def test_each_line_is_printed_in_word_and_pdf():
    document = WordDocument(HEAD)
    document.paragraph("Hết./.")
    document.signatures()
    cell = Document(io.BytesIO(document.bytes())).tables[-1].rows[0].cells[1]
    assert [paragraph.text for paragraph in cell.paragraphs] == ["TM. A", "KT. B", "C", "Đại úy D"]
    html = document_html("documents/base.html", {"head": HEAD})
    assert [line in html for line in ('capacity">TM. A<', 'capacity">KT. B<', 'capacity">C<', 'name">Đại úy D<')] == [
        True
    ] * 4
