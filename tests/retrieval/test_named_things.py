"""A passage about the thing is no answer to "nào" and "gì" unless it names what is asked for."""

from __future__ import annotations

import pytest

from retrieval.named_things import names_it


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("Máy bơm mua của hãng nào?", "Trạm bơm được lắp máy bơm có bảo hành 24 tháng.", False),
        ("Máy bơm mua của công ty nào?", "Máy bơm do Công ty Nước Sạch cung cấp.", True),
        ("cac loai cay nao duoc trong ven kenh", "Trồng các loại cây ven kênh, bảo đảm bóng mát.", False),
        ("cac loai cay nao duoc trong ven kenh", "Trồng các loại cây ven kênh như: bằng lăng, sao đen.", True),
        ("Xã nào được chọn làm điểm?", "Chọn một xã làm điểm, sơ kết vào cuối năm.", False),
        ("Xã nào được chọn làm điểm?", "Chọn xã Hòa Bến làm điểm.", True),
        ("Xã Hòa Bến là xã nào?", "Xã Hòa Bến làm điểm.", False),
        ("Kho lạnh đặt ở đâu?", "Xây kho lạnh dùng chung trong quý III.", False),
        ("Kho lạnh đặt ở đâu?", "Xây kho lạnh tại chợ cũ.", True),
        ("Kênh truyền thanh của thôn tên gì?", "Mở kênh truyền thanh của thôn trên mạng.", False),
        ("Kênh truyền thanh của thôn tên gì?", "Mở kênh truyền thanh “Tiếng nói Đồng Chiêm”.", True),
        ("Bao giờ xong kho lạnh?", "Xây kho lạnh dùng chung.", True),
    ],
)
def test_a_name_is_asked_for(question: str, text: str, named: bool) -> None:
    assert names_it(question, text, text) is named
