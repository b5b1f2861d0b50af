"""What the printed report of a unit carries besides its text."""

from __future__ import annotations

from django.utils import translation

from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from cluster_portal.formatting import within_sentence
from cluster_portal.periods import Period
from members.models import Cluster, SignerAuthority, Unit, ranked
from reports.content import REPORT_CODE, REPORT_NAME

#: On a version that its unit took back.
WITHDRAWN_MARK = "ĐƠN VỊ ĐÃ RÚT"
COMMITTEE, COMMITTEE_SIGNS = "Ủy ban nhân dân", "TM."


def unit_report_head(
    *, unit: Unit, cluster: Cluster, period: Period, is_draft: bool = False, is_withdrawn: bool = False
) -> DocumentHead:
    """The unit's own letterhead; number, date and signature are left to its office."""
    with translation.override(DOCUMENT_LANGUAGE):
        subject = f"Kết quả công tác xây dựng cụm địa bàn an toàn {period.label}"
    return DocumentHead(
        unit_letterhead(unit, cluster),
        kind=REPORT_NAME,
        kind_code=REPORT_CODE,
        subject=subject,
        is_numbered_elsewhere=not is_draft,
        void_mark=WITHDRAWN_MARK if is_withdrawn else "",
    )


def unit_letterhead(unit: Unit, cluster: Cluster) -> Letterhead:
    """As the unit's own data say it; a commune issues through its people's committee, whose chair signs for it."""
    is_commune = unit.kind == Unit.Kind.COMMUNE
    named = f"{COMMITTEE} {within_sentence(unit.name)}" if is_commune else unit.name
    capacity, *titles = [*([f"{COMMITTEE_SIGNS} {COMMITTEE}"] if is_commune else []), *_posts(unit)]
    signs_for_leader = SignerAuthority(unit.signer_authority).names_own_title
    signer = (unit.signer_rank, unit.signer_name) if signs_for_leader else (unit.leader_rank, unit.leader)
    return Letterhead(
        issuer=unit.issuer_line or named,
        issuer_name=named,
        superior=unit.superior_line,
        place=unit.place or cluster.place,
        notation_suffix=unit.notation_suffix or ("UBND" if is_commune else ""),
        signer_capacity=capacity,
        signer_title="\n".join(titles),
        signer_name=ranked(*signer),
        recipients=("Như trên",),
        is_sample=cluster.is_sample,
    )


def _posts(unit: Unit) -> list[str]:
    """The leader's post, as it is signed for, and that of who signs for the leader."""
    is_commune = unit.kind == Unit.Kind.COMMUNE
    post = unit.leader_title or ("Chủ tịch" if is_commune else "Thủ trưởng đơn vị")
    signed_for = f"{unit.signer_authority} {post}".strip()
    return [signed_for, unit.signer_title] if SignerAuthority(unit.signer_authority).names_own_title else [signed_for]
