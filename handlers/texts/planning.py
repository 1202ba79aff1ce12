"""The plan comes in: what was read, what is doubtful, putting it in force."""

from __future__ import annotations

READING = "Đang đọc kế hoạch..."
READING_PAGE = "Đang đọc kế hoạch... trang {page}/{pages}"
TOOK_TOO_LONG = "Tệp này đọc quá lâu nên tôi đã dừng. Anh/chị gửi từng phần, hoặc gửi bản PDF, Word gốc giúp."
READING_FAILED = "Tôi chưa đọc được tệp này, chưa có gì thay đổi. Anh/chị gửi bản PDF hoặc Word gốc giúp."
READ_HEAD = "Đã đọc: Kế hoạch {named} của {issuer}."
READ_HEAD_SHORT = "Đã đọc: Kế hoạch {named}."
READ_OTHERS = "Lưu ý: kế hoạch này ghi là của {issuer}, không phải của {own}. Anh/chị xem lại trước khi đưa vào dùng."
READ_COUNTS = "{indicators} chỉ tiêu, {groups} nhóm, {units} đơn vị chủ trì."
READ_COUNTS_FLAT = "{indicators} chỉ tiêu, {units} đơn vị chủ trì."
READ_ROWS = "{indicators} chỉ tiêu được nêu trong văn bản này."
READ_RULE = " Chế độ báo cáo: {rule}."
READ_NO_RULE = " Kế hoạch không nêu kỳ hạn báo cáo."
READ_DOUBTS = "Có {count} chỗ cần anh/chị kiểm tra."
READ_NO_DOUBTS = "Không có chỗ nào cần kiểm tra."
READ_NO_INDICATORS = (
    "Tôi đã đọc tệp nhưng không thấy bảng chỉ tiêu nào. Anh/chị kiểm tra lại tệp, nhất là phụ lục, rồi gửi lại giúp."
)
CHECK = "Kiểm tra {count} chỗ"
SEE_TABLE = "Xem cả bảng"
ADOPT = "Đưa kế hoạch vào dùng"
DISCARD = "Bỏ, không dùng"
ADOPTED = "Đã đưa Kế hoạch {named} vào dùng."
ADOPTED_DOUBTS = " Còn {count} chỗ chưa xác nhận, tôi sẽ ghi rõ mỗi khi nhắc và trả lời."
INVITE_NEXT = "Mời người báo cáo"
DISCARDED = "Đã bỏ bản vừa đọc. Kế hoạch đang dùng không thay đổi."
REFERENCE_KEPT = "Đã đọc và giữ Kế hoạch {number} của {issuer} để đối chiếu và trả lời câu hỏi."
NOTHING_PENDING = "Không có kế hoạch nào đang chờ xác nhận."
NO_PLAN = "Chưa có kế hoạch nào. Anh/chị gửi tệp kế hoạch (PDF, Word, ảnh hoặc văn bản) vào đây."
IN_FORCE = "Đang dùng: Kế hoạch {named}, {indicators} chỉ tiêu."

DOUBT_HEAD = "{position}/{total}. Chỉ tiêu {number}: {name}"
DOUBT_HEAD_PLAIN = "{position}/{total}. {name}"
DOUBT_PRINTED = 'In trong kế hoạch: "{printed}".'
ROW_PAGE = "Dòng này ở trang {page} của tệp."
CONFIRM = "Đúng, {target}"
MEANT = "Là {rate} %"
MEANT_THERE = "Là {target}"
CORRECT = "Sửa lại"
ENTER = "Nhập chỉ tiêu"
SKIP = "Bỏ qua"
LEAD_PRINTED = 'Cơ quan chủ trì in: "{printed}".'
LEAD_RIGHT = "Đúng, {lead}"
LEAD_MEANT = "Là {lead}"
LEAD_OTHER = "Đơn vị khác"
LEAD_ENTER = "Nhập đơn vị"
LEAD_ASK = "Anh/chị gõ tên đơn vị chủ trì theo bản giấy, ví dụ: {example}."
LEAD_AGAIN = "Tôi chưa rõ đơn vị nào. Anh/chị gõ tên đơn vị, ví dụ: {example}."
LEAD_EXAMPLE = "Công an xã"
LEAD_SETTLED = "Đã ghi chủ trì: {lead}."
SKIPPED = "Để lại chỗ vừa rồi."
CORRECT_ASK = "Anh/chị nhập chỉ tiêu đúng theo bản giấy, ví dụ {example}."
CORRECT_ANEW = (
    "Chỗ này đã được xác nhận là {target}. Nếu chưa đúng, anh/chị nhập chỉ tiêu theo bản giấy, ví dụ {example}; "
    'nếu đúng rồi thì gõ "bỏ qua".'
)
CORRECT_AGAIN = "Tôi chưa rõ chỉ tiêu. Anh/chị nhập một mức theo bản giấy, ví dụ {example}."
EXAMPLE_RATE = "95 %"
EXAMPLE_COUNT = "12 {unit}"
EXAMPLE_ANY = "95 % hoặc 12 điểm"
CONFIRMED = "Đã xác nhận {target}."
CORRECTED = "Đã sửa thành {target}."
LEFT_OPEN = "Còn {count} chỗ chưa xác nhận, tôi sẽ ghi rõ mỗi khi nhắc và trả lời."
NO_DOUBTS = "Không còn chỗ nào cần kiểm tra."
CHOOSE_AGAIN = "Anh/chị chọn lại giúp."
DOUBT_GONE = "Chỗ này đã được xác nhận rồi."

RULE_ASK = "Kế hoạch không nêu kỳ hạn báo cáo. Anh/chị chọn để tôi nhắc việc:"
RULES = {
    "monthly": "Hằng tháng, trước ngày 15",
    "quarterly": "Hằng quý, tuần cuối của quý",
    "semiannual": "6 tháng một lần: 14/6 và 14/12",
}
RULE_SET = "Đã đặt kỳ hạn báo cáo: {rule}."

TABLE_HEAD = "Kế hoạch {named}:"
TABLE_LINE = "{number}. {name}: {target}"
TABLE_LINE_PLAIN = "- {name}: {target}"
TABLE_ABOVE = " ({above})"
TABLE_DOUBT = " (cần kiểm tra)"
TABLE_MORE = "và {count} chỉ tiêu khác."

VERSION_HEAD = "So với bản đang dùng ({named}): {parts} chỉ tiêu. Số liệu đã báo cáo được giữ."
VERSION_SAME = "So với bản đang dùng ({named}): không chỉ tiêu nào thay đổi. Số liệu đã báo cáo được giữ."
VERSION_UNLIKE = (
    "Tôi chưa so được với bản đang dùng ({named}): chỉ nhận ra {kept} trong {total} chỉ tiêu của bản đó. "
    "Anh/chị xem cả bảng trước khi đưa vào dùng."
)
VERSION_OLDER = "Bản vừa gửi ban hành trước bản đang dùng, nên bản đang dùng vẫn giữ hiệu lực."
VERSION_PARTIAL = (
    "Bản mới thiếu quá nửa số chỉ tiêu của bản đang dùng. Nếu đây chỉ là văn bản sửa đổi một phần, "
    "anh/chị đừng đưa vào dùng thay cả kế hoạch."
)
AMENDS_HEAD = "Sửa đổi Kế hoạch {named}: {parts}; giữ {kept}. Số liệu đã báo cáo được giữ."
AMENDS_NOTHING = "Sửa đổi Kế hoạch {named}: không chỉ tiêu nào thay đổi."
AMENDS_UNKNOWN = (
    "Văn bản này sửa đổi Kế hoạch {number}, nhưng chưa có kế hoạch đó đang dùng. Anh/chị gửi kế hoạch đó trước, "
    "rồi gửi lại văn bản này."
)
AMENDS_UNNAMED = "(chưa rõ số)"
AMENDS_OTHERS = "Sửa đổi Kế hoạch {named}: {parts}. Các chỉ tiêu và số liệu đã báo cáo được giữ."
AMENDS_PARTS = {
    "changed": "sửa {count} chỉ tiêu",
    "added": "thêm {count}",
    "removed": "bỏ {count}",
    "unsure": "chưa chắc {count}",
}
PART_RULES = "{count} thay đổi về kỳ báo cáo"
PART_RESULTS = "{count} dòng kết quả"
PART_MONEY = "{count} dòng kinh phí"
VERSION_OTHERS = "So với bản đang dùng ({named}): các chỉ tiêu giữ nguyên, có {parts}. Số liệu đã báo cáo được giữ."
RULE_CHANGED = "Đổi kỳ báo cáo: {old} → {new}"
RULE_ADDED = "Thêm kỳ báo cáo: {new}"
RULE_ENDED = "Bỏ kỳ báo cáo: {old}"
RULE_UNSURE = "Thêm kỳ báo cáo: {new} (chưa rõ thay cho kỳ nào, các kỳ cũ vẫn giữ)"
ROW_CHANGED = "Đổi {what}: {name}: {old} → {new}"
ROW_ADDED = "Thêm {what}: {name}: {new}"
ROW_UNSURE = " (chưa chắc)"
MONEY = "kinh phí"
RESULT = "kết quả"
NOT_READ = "chưa đọc được"
EVERY = {
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "semiannual": "6 tháng một lần",
    "annual": "hằng năm",
    "once": "một lần",
    "adhoc": "khi có yêu cầu",
}
ON_DAY = {True: "trước ngày {day}", False: "ngày {day}"}
WEEK = {"first": "tuần đầu của tháng cuối quý", "last": "tuần cuối của tháng cuối quý"}
AMEND = "Áp dụng sửa đổi"
AMENDED = "Đã áp dụng sửa đổi vào Kế hoạch {named}."
AMENDED_RULES = " Lịch nhắc từ nay theo kỳ báo cáo mới: {rules}."
AMENDED_NO_RULES = " Lịch nhắc từ nay bỏ kỳ báo cáo đã bãi bỏ."
AMENDED_KEPT = " Kỳ {period} đã có số liệu nên vẫn nhận nốt."
RULE_ASK_ANEW = "Kế hoạch không còn kỳ hạn báo cáo. Anh/chị chọn để tôi nhắc việc:"
CHANGED_NAME = "tên cũ “{old}”"
LOST = "Không thấy để bỏ: {name}"
VERSION_PARTS = {
    "changed": "đổi {count}",
    "added": "thêm {count}",
    "removed": "bỏ {count}",
    "unsure": "chưa chắc {count}",
}
CHANGED = "Đổi: {name}: {what}"
CHANGED_TARGET = "{old} → {new}"
CHANGED_LEAD = "chủ trì {old} → {new}"
CHANGED_DUE = "hạn {old} → {new}"
ADDED = "Thêm: {name}: {target}"
ADDED_UNSURE = "Thêm: {name}: {target} (chưa chắc)"
REMOVED = "Bỏ: {name}"
UNSURE = "Chưa chắc: {name}: {old} → {new}?"
SEE_MORE = "Xem tiếp ({count})"
VERSION_NO_MORE = "Không còn thay đổi nào."
