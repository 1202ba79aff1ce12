"""One invented plan of an invented commune, in the form such plans have: head, body, signature, indicator appendix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

HEAD_LEFT = ("ỦY BAN NHÂN DÂN", "XÃ HẠ LŨNG", "Số: 47/KH-UBND")
HEAD_RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hạ Lũng, ngày 19 tháng 01 năm 2026",
)
TITLE = ("KẾ HOẠCH", "Chuyển đổi số xã Hạ Lũng năm 2026")
BODY = (
    "Căn cứ Kế hoạch số 215/KH-UBND ngày 24/12/2025 của UBND tỉnh Sơn Giang về chuyển đổi số năm 2026, UBND xã "
    "Hạ Lũng ban hành kế hoạch với các nội dung sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "Đưa công nghệ số vào việc hằng ngày của từng thôn, từng cơ quan trong xã; để người dân làm thủ tục nhanh hơn, đi "
    "lại ít hơn và biết rõ việc của mình đang ở đâu.",
    "2. Yêu cầu",
    "- Mỗi đầu việc có một cơ quan chịu trách nhiệm chính, có thời hạn và có kết quả kiểm tra được.",
    "- Tận dụng thiết bị sẵn có, không mua sắm trùng lặp với hệ thống của tỉnh.",
    "II. MỤC TIÊU",
    "Phấn đấu hoàn thành các chỉ tiêu giao tại Phụ lục kèm theo Kế hoạch này.",
    "III. NHIỆM VỤ",
    "1. Hạ tầng số",
    "- Rà soát các điểm lõm sóng ở thôn Khe Mít và thôn Đồng Vông, đề nghị doanh nghiệp viễn thông xử lý trong "
    "Quý II/2026.",
    "- Duy trì mạng nội bộ tại trụ sở, kiểm tra đường truyền mỗi tháng một lần.",
    "2. Dữ liệu số",
    "- Cập nhật, làm sạch dữ liệu dân cư, hộ tịch, đất đai; đối chiếu với thôn trước khi chuyển lên hệ thống.",
    "3. Nhân lực số",
    "- Mở lớp hướng dẫn buổi tối cho người cao tuổi tại nhà văn hóa thôn trong Quý III/2026, mỗi lớp không quá hai "
    "mươi người.",
    "IV. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Văn hóa - Xã hội: theo dõi, đôn đốc chung; tổng hợp khó khăn của các thôn để trình Chủ tịch UBND xã.",
    "2. Phòng Kinh tế: cân đối kinh phí, hướng dẫn hộ kinh doanh sử dụng hóa đơn điện tử.",
    "3. Chế độ báo cáo: các cơ quan, đơn vị gửi báo cáo kết quả thực hiện về Phòng Văn hóa - Xã hội trước ngày 18 "
    "hằng tháng để tổng hợp, báo cáo UBND xã.",
    "Trên đây là Kế hoạch chuyển đổi số xã Hạ Lũng năm 2026, yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.",
)
RECEIVERS = ("Nơi nhận:", "- UBND tỉnh (b/c);", "- Các thôn;", "- Lưu: VT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đinh Khắc Toàn")
APPENDIX = (
    "PHỤ LỤC",
    "CHỈ TIÊU CHUYỂN ĐỔI SỐ NĂM 2026",
    "(Kèm theo Kế hoạch số 47/KH-UBND ngày 19/01/2026 của UBND xã)",
)
COLUMNS = ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì", "Thời hạn")

CULTURE, ECONOMY, OFFICE = "Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Văn phòng HĐND và UBND"
DESK, POLICE, CLINIC = "Trung tâm Phục vụ hành chính công", "Công an xã", "Trạm Y tế xã"


@dataclass(frozen=True)
class Figure:
    """One row of the appendix. ``value`` and ``unit`` are the truth; ``printed`` is what the cell shows."""

    name: str
    printed: str
    value: float | None
    unit: str | None
    lead: str
    due: str
    operator: str = "="


def percent(
    name: str, value: float, lead: str, due: str = "Quý IV/2026", sign: str = "", operator: str = "="
) -> Figure:
    """A row whose target is a rate, printed the Vietnamese way (18,5%)."""
    return Figure(name, f"{sign}{value:g}%".replace(".", ","), value, "%", lead, due, operator)


GROUPS: tuple[tuple[str, tuple[Figure, ...]], ...] = (
    (
        "Chính quyền số",
        (
            percent("Tỷ lệ hồ sơ thủ tục hành chính được tiếp nhận và giải quyết hoàn toàn trên mạng", 82, DESK),
            percent(
                "Tỷ lệ kết quả giải quyết thủ tục hành chính được trả dưới dạng bản điện tử có chữ ký số", 98, DESK
            ),
            percent("Tỷ lệ thanh toán lệ phí không dùng tiền mặt", 75, DESK, "Tháng 10/2026", "≥ ", ">="),
            percent("Tỷ lệ hồ sơ lưu trữ của Ủy ban nhân dân xã giai đoạn trước được số hóa", 40, OFFICE),
            percent(
                "Tỷ lệ văn bản đi được ký số, trừ văn bản mật theo quy định của pháp luật", 100, OFFICE, "Quý I/2026"
            ),
            percent(
                "Mức độ hài lòng của người dân khi giao dịch tại bộ phận một cửa", 90, DESK, "Quý IV/2026", "Trên ", ">"
            ),
        ),
    ),
    (
        "Hạ tầng số và dữ liệu số",
        (
            percent("Tỷ lệ dân số được phủ sóng 5G", 55, CULTURE, "Quý III/2026"),
            percent("Tỷ lệ hộ gia đình có đường truyền cáp quang", 88, CULTURE),
            Figure(
                "Số điểm phát mạng không dây miễn phí tại nhà văn hóa thôn",
                "12 điểm",
                12,
                "điểm",
                CULTURE,
                "Quý II/2026",
            ),
            Figure(
                "Hoàn thiện mạng nội bộ tại trụ sở Ủy ban nhân dân xã", "Hoàn thành", None, None, OFFICE, "Quý II/2026"
            ),
            percent("Tỷ lệ thửa đất có thông tin được đối chiếu, làm sạch trên cơ sở dữ liệu đất đai", 65, ECONOMY),
            percent("Tỷ lệ sổ hộ tịch giấy được chuyển thành dữ liệu điện tử", 100, OFFICE, "Tháng 6/2026"),
        ),
    ),
    (
        "Kinh tế số",
        (
            percent("Tỷ lệ hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền", 70, ECONOMY),
            percent("Tỷ lệ doanh nghiệp nhỏ và vừa sử dụng ít nhất một nền tảng số", 52, ECONOMY),
            percent("Tỷ lệ sản phẩm đặc trưng của xã có gian hàng trên sàn thương mại điện tử", 100, ECONOMY),
            percent(
                "Tỷ trọng doanh thu bán hàng qua mạng trong tổng mức bán lẻ trên địa bàn",
                18.5,
                ECONOMY,
                "Quý IV/2026",
                "> ",
                ">",
            ),
            Figure(
                "Số hợp tác xã được hướng dẫn truy xuất nguồn gốc nông sản",
                "3 hợp tác xã",
                3,
                "hợp tác xã",
                ECONOMY,
                "Quý III/2026",
            ),
        ),
    ),
    (
        "Xã hội số",
        (
            percent("Tỷ lệ người từ đủ 14 tuổi có tài khoản định danh điện tử mức độ 2", 96, POLICE),
            percent("Tỷ lệ người dân có sổ sức khỏe điện tử", 85, CLINIC, "Quý III/2026"),
            percent("Tỷ lệ người trưởng thành có chữ ký số cá nhân", 22, CULTURE),
            percent("Tỷ lệ người từ 15 tuổi trở lên có tài khoản thanh toán tại ngân hàng", 87, ECONOMY),
            percent("Tỷ lệ tổ công nghệ số cộng đồng sinh hoạt đều mỗi tháng", 100, CULTURE, "Thường xuyên"),
        ),
    ),
    (
        "An toàn thông tin",
        (
            percent("Tỷ lệ máy tính của cơ quan được cài phần mềm phòng chống mã độc", 100, CULTURE, "Quý I/2026"),
            percent(
                "Tỷ lệ cán bộ, công chức được bồi dưỡng kỹ năng nhận biết lừa đảo trực tuyến",
                95,
                CULTURE,
                "Quý II/2026",
            ),
        ),
    ),
)
ROMAN = ("I", "II", "III", "IV", "V")


def appendix_rows() -> list[tuple[str, ...]]:
    """The table as printed, the head row first; a group's row has only its number and name."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    number = 0
    for roman, (group, figures) in zip(ROMAN, GROUPS, strict=True):
        rows.append((roman, group, "", "", ""))
        for figure in figures:
            number += 1
            rows.append((str(number), figure.name, figure.printed, figure.lead, figure.due))
    return rows


def truth() -> dict[str, Any]:
    """What a perfect reading gives, in the form of the gold files."""
    indicators = []
    for group, figures in GROUPS:
        for figure in figures:
            kind = "milestone" if figure.value is None else "percent" if figure.unit == "%" else "number"
            indicators.append(
                {
                    "where": "Phụ lục",
                    "no": str(len(indicators) + 1),
                    "group": group,
                    "name": figure.name,
                    "operator": figure.operator,
                    "value": figure.value,
                    "unit": figure.unit,
                    "kind": kind,
                    "text_value": figure.printed,
                    "lead": [figure.lead],
                    "coop": [],
                    "due": figure.due,
                    "ocr_damaged": False,
                }
            )
    return {
        "document": {
            "number": "47/KH-UBND",
            "date": "2026-01-19",
            "issuer": "UBND xã Hạ Lũng",
            "signer": "Đinh Khắc Toàn",
            "year": 2026,
        },
        "indicators": indicators,
        "reporting": [{"rule": "trước ngày 18 hằng tháng", "frequency": "monthly", "due": {"day": 18, "before": True}}],
    }
