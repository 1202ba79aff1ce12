"""What the appendix tables of the invented ruined plans say: targets of many fields, and who answers for a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One target as people word it: its field, its name, and the unit of measure ("%": a rate)."""

    field: str
    name: str
    unit: str = "%"


RATES: tuple[tuple[str, str], ...] = (
    ("office", "Tỷ lệ hồ sơ một cửa được nhận và trả hoàn toàn qua mạng"),
    ("office", "Tỷ lệ hồ sơ được số hóa ngay khi tiếp nhận để dùng lại cho lần sau"),
    ("office", "Tỷ lệ giấy tờ đã số hóa được khai thác lại, người dân không phải nộp lần hai"),
    ("office", "Tỷ lệ lệ phí, phí dịch vụ công nộp qua tài khoản"),
    ("office", "Tỷ lệ kết quả giải quyết được trả bằng bản điện tử"),
    ("office", "Tỷ lệ hồ sơ trả đúng hẹn hoặc trước hẹn"),
    ("office", "Mức độ hài lòng của người dân đối với bộ phận một cửa"),
    ("office", "Tỷ lệ thủ tục nội bộ được giải quyết trên phần mềm"),
    ("chancery", "Tỷ lệ văn bản trao đổi giữa các cơ quan hoàn toàn ở dạng điện tử có ký số"),
    ("chancery", "Tỷ lệ lãnh đạo, công chức xử lý công việc trên hệ thống quản lý văn bản"),
    ("chancery", "Tỷ lệ cuộc họp của Ủy ban nhân dân dùng tài liệu điện tử thay cho bản in"),
    ("chancery", "Tỷ lệ báo cáo định kỳ được lập và gửi trên hệ thống báo cáo chung"),
    ("chancery", "Tỷ lệ hồ sơ lưu trữ từ năm 2015 đến nay được số hóa"),
    ("chancery", "Tỷ lệ nhiệm vụ được giao có theo dõi, nhắc việc trên phần mềm"),
    ("chancery", "Tỷ lệ phản ánh, kiến nghị của người dân được trả lời công khai trong bảy ngày"),
    ("culture", "Tỷ lệ dân số được phủ sóng di động băng rộng thế hệ mới"),
    ("culture", "Tỷ lệ hộ gia đình có đường truyền cáp quang tới nhà"),
    ("culture", "Tỷ lệ nhà văn hóa có mạng không dây dùng chung miễn phí"),
    ("culture", "Tỷ lệ cụm loa truyền thanh dùng công nghệ mới, nhận bản tin qua mạng"),
    ("culture", "Tỷ lệ người trưởng thành có chữ ký số cá nhân"),
    ("culture", "Tỷ lệ tổ công nghệ số cộng đồng sinh hoạt đều hằng tháng"),
    ("culture", "Tỷ lệ di tích, lễ hội trên địa bàn có thông tin giới thiệu trên bản đồ số"),
    ("culture", "Tỷ lệ người dân trong độ tuổi lao động được phổ cập kỹ năng số"),
    ("culture", "Tỷ lệ cán bộ, công chức được bồi dưỡng về trí tuệ nhân tạo"),
    ("culture", "Tỷ lệ cơ sở lưu trú khai báo khách qua ứng dụng"),
    ("economy", "Tỷ lệ hộ kinh doanh dùng hóa đơn điện tử từ máy tính tiền"),
    ("economy", "Tỷ lệ doanh nghiệp nhỏ và vừa dùng ít nhất một nền tảng số để quản lý"),
    ("economy", "Tỷ lệ hợp đồng của doanh nghiệp được ký bằng hình thức điện tử"),
    ("economy", "Tỷ lệ sản phẩm chủ lực có tem truy xuất nguồn gốc"),
    ("economy", "Tỷ lệ sản phẩm của hợp tác xã được bán trên sàn thương mại điện tử"),
    ("economy", "Tỷ trọng kinh tế số trong tổng giá trị sản phẩm trên địa bàn"),
    ("economy", "Tỷ lệ tiểu thương ở chợ trung tâm nhận thanh toán bằng mã quét"),
    ("economy", "Tỷ lệ thửa đất đã đo đạc được đưa vào cơ sở dữ liệu"),
    ("economy", "Tỷ lệ hộ nuôi trồng có ghi nhật ký sản xuất trên điện thoại"),
    ("economy", "Tỷ lệ hồ sơ đất đai được luân chuyển điện tử giữa các cơ quan"),
    ("economy", "Tỷ lệ khoản thu, chi ngân sách thực hiện qua kho bạc điện tử"),
    ("police", "Tỷ lệ công dân đủ điều kiện được kích hoạt tài khoản định danh mức độ 2"),
    ("police", "Tỷ lệ dữ liệu dân cư được đối soát, bảo đảm đúng, đủ, sạch, sống"),
    ("police", "Tỷ lệ thông báo lưu trú được tiếp nhận qua cổng dịch vụ công"),
    ("police", "Tỷ lệ máy tính của cơ quan được cài phần mềm phòng, chống mã độc tập trung"),
    ("police", "Tỷ lệ hệ thống thông tin được phê duyệt hồ sơ cấp độ an toàn"),
    ("police", "Tỷ lệ camera an ninh ở khu dân cư được kết nối về trung tâm điều hành"),
    ("health", "Tỷ lệ người dân có sổ sức khỏe điện tử trên ứng dụng"),
    ("health", "Tỷ lệ lượt khám chữa bệnh bảo hiểm dùng căn cước thay cho thẻ giấy"),
    ("health", "Tỷ lệ trẻ em được quản lý tiêm chủng trên hệ thống"),
    ("health", "Tỷ lệ người cao tuổi được lập hồ sơ quản lý sức khỏe điện tử"),
    ("health", "Tỷ lệ đơn thuốc kê điện tử được liên thông"),
    ("school", "Tỷ lệ học sinh phổ thông có học bạ số"),
    ("school", "Tỷ lệ trường học thu học phí không dùng tiền mặt"),
    ("school", "Tỷ lệ giáo viên soạn bài giảng trên nền tảng dạy học trực tuyến"),
    ("school", "Tỷ lệ văn bằng, chứng chỉ được cấp và tra cứu trực tuyến"),
    ("social", "Tỷ lệ người hưởng trợ cấp xã hội nhận tiền qua tài khoản ngân hàng"),
    ("social", "Tỷ lệ hộ nghèo, cận nghèo được quản lý trên phần mềm an sinh"),
    ("social", "Tỷ lệ lao động tìm việc được cập nhật vào cơ sở dữ liệu thị trường lao động"),
    ("social", "Tỷ lệ người từ 15 tuổi trở lên có tài khoản thanh toán"),
    ("social", "Tỷ lệ hồ sơ người có công được số hóa và liên thông"),
)
COUNTS: tuple[tuple[str, str, str], ...] = (
    ("culture", "Số điểm phát mạng không dây công cộng được lắp mới", "điểm"),
    ("culture", "Số lớp tập huấn kỹ năng số cho người dân", "lớp"),
    ("economy", "Số hợp tác xã được hỗ trợ chuyển đổi số", "hợp tác xã"),
    ("economy", "Số doanh nghiệp công nghệ số thành lập mới trên địa bàn", "doanh nghiệp"),
    ("police", "Số camera giám sát giao thông được lắp đặt", "camera"),
    ("school", "Số mô hình lớp học thông minh được đưa vào sử dụng", "mô hình"),
)
DONE: tuple[tuple[str, str], ...] = (
    ("chancery", "Nâng cấp mạng nội bộ và phòng họp trực tuyến tại trụ sở"),
    ("culture", "Xây dựng trang thông tin điện tử theo mẫu chung của tỉnh"),
    ("police", "Ban hành quy chế bảo đảm an toàn thông tin mạng"),
)
FIELDS = ("office", "chancery", "culture", "economy", "police", "health", "school", "social")

COMMUNE: Mapping[str, str] = {
    "office": "Trung tâm Phục vụ hành chính công",
    "chancery": "Văn phòng HĐND và UBND",
    "culture": "Phòng Văn hóa - Xã hội",
    "economy": "Phòng Kinh tế",
    "police": "Công an xã",
    "health": "Trạm Y tế xã",
    "school": "Các trường học trên địa bàn",
    "social": "Phòng Văn hóa - Xã hội",
}
WARD: Mapping[str, str] = {
    "office": "Trung tâm Phục vụ hành chính công",
    "chancery": "Văn phòng HĐND và UBND",
    "culture": "Phòng Văn hóa - Xã hội",
    "economy": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "police": "Công an phường",
    "health": "Trạm Y tế phường",
    "school": "Các trường học trên địa bàn phường",
    "social": "Trung tâm Cung ứng dịch vụ công",
}
PROVINCE: Mapping[str, str] = {
    "office": "Văn phòng UBND tỉnh",
    "chancery": "Sở Nội vụ",
    "culture": "Sở Khoa học và Công nghệ",
    "economy": "Sở Công Thương",
    "police": "Công an tỉnh",
    "health": "Sở Y tế",
    "school": "Sở Giáo dục và Đào tạo",
    "social": "Sở Tài chính",
}
# Who helps, by the field's place in FIELDS.
HELPERS: Mapping[str, tuple[str, ...]] = {
    "xã": ("Các cơ quan, đơn vị liên quan", "Phòng Văn hóa - Xã hội", "Trưởng thôn các thôn", "Công an xã"),
    "phường": ("Các phòng, ban, đơn vị liên quan", "Văn phòng HĐND và UBND", "Tổ công nghệ số cộng đồng"),
    "tỉnh": ("Các sở, ban, ngành", "UBND các xã, phường", "Sở Khoa học và Công nghệ"),
}
GROUPS: Mapping[str, str] = {
    "office": "Dịch vụ công",
    "chancery": "Chính quyền số",
    "culture": "Hạ tầng số và nhân lực số",
    "economy": "Kinh tế số",
    "police": "An toàn thông tin",
    "health": "Y tế số",
    "school": "Giáo dục số",
    "social": "Xã hội số",
}
