import pytest
from django.core.exceptions import ValidationError

from members.passwords import GuessableValidator

GUESSED = [
    "matkhau123", "MatKhau@2022", "mật khẩu 1234", "Cụm Đông Nam 2022", "antoan@123456", "thukycum2024",
    "anhyeuem1990", "11112222aaaa", "Thử Một 12345", "Xã Thử Một!!", "daumoimot01", "vietnam75!",
]  # fmt: skip


@pytest.fixture
def named(cluster):
    type(cluster).objects.update(name="Cụm địa bàn an toàn Đông Nam", short_name="Cụm Đông Nam")


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_tried_first_is_refused(named, liaison, password):
    with pytest.raises(ValidationError, match="thử trước"):
        GuessableValidator().validate(password, liaison)


@pytest.mark.parametrize("password", ["khac-han-2022", "con meo nam ngu", "bai-hat-cu-2022", "Trời nắng chang chang"])
def test_what_is_a_persons_own_is_taken(named, liaison, password):
    GuessableValidator().validate(password, liaison)
    GuessableValidator().validate(password)
