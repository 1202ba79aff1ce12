"""Walking a unit through its indicators."""

from __future__ import annotations

NOTHING_OPEN = "Hiện chưa đến kỳ báo cáo."
NEXT_OPENS = " Kỳ tới: {label}, mở ngày {opens}, hạn {due}."
NO_UNIT = "Anh/chị chưa thuộc đơn vị nào có chỉ tiêu phải báo cáo. Cần đổi đơn vị thì liên hệ Phòng Văn hóa - Xã hội."
LEADER_ONLY_READS = (
    'Anh/chị theo dõi chung nên không phải nhập số liệu. Anh/chị gõ "tiến độ" để xem các đơn vị báo cáo.'
)
NO_INDICATORS = "{unit} không chủ trì chỉ tiêu nào trong kế hoạch nên không phải báo cáo."
WHICH_UNIT = "Anh/chị báo cáo cho đơn vị nào?"
ALL_SUBMITTED = "{unit} đã nộp đủ {count} chỉ tiêu của {period}. Cảm ơn anh/chị."
ALL_APPROVED = "Báo cáo {period} của {unit} đã được duyệt đủ {count} chỉ tiêu. Cảm ơn anh/chị."
LIST_HEAD = "{unit}, {period}, hạn {due}:"
LIST_LINE = "{number}. {name}: chỉ tiêu {target}{state}"
LIST_UNSURE = " (chưa được xác nhận)"
LIST_STATES = {
    None: "",
    "draft": " (nháp {figure})",
    "submitted": " (đã nộp {figure})",
    "approved": " (đã duyệt {figure})",
}
LIST_RETURNED = " (được đề nghị xem lại)"

QUESTION_HEAD = "{position}/{total}. {name}"
QUESTION_TARGET = "Chỉ tiêu năm: {target}."
QUESTION_TARGET_DOUBTFUL = "Chỉ tiêu năm: {target} (bản quét chưa rõ, chưa được xác nhận)."
QUESTION_LAST = " Kỳ trước: {figure}."
QUESTION_NO_LAST = " Kỳ trước: chưa có số liệu."
QUESTION_DRAFT = " Đang ghi: {figure}."
QUESTION_RETURNED = " Lý do đề nghị xem lại: {reason}."
ASK_PERCENT = "Anh/chị nhập tỷ lệ, hoặc số đạt/tổng số (ví dụ {example})."
ASK_NUMBER = "Anh/chị nhập con số (đơn vị tính: {unit})."
ASK_NUMBER_PLAIN = "Anh/chị nhập con số."
ASK_MILESTONE = "Anh/chị chọn mức thực hiện."
KEEP_LAST = "Giữ như kỳ trước"
SKIP = "Bỏ qua"
STOP = "Dừng lại"
GO_BACK = "Quay lại"
CONTINUE = "Tiếp tục"
MILESTONES = {"done": "Hoàn thành", "under_way": "Đang thực hiện", "not_started": "Chưa thực hiện"}

UNDERSTOOD = "Đã hiểu: {figure}."
MOVED = " {movement} so với kỳ trước."
KEPT_LAST = "Giữ như kỳ trước: {figure}."
SKIPPED = "Đã bỏ qua. Chỉ tiêu này chưa có số liệu."
NO_LAST_TO_KEEP = "Chỉ tiêu này chưa có số liệu kỳ trước."
NO_PREVIOUS_QUESTION = "Đây là chỉ tiêu đầu tiên."
ODD = "{warning} Đúng như vậy chứ?"
ODD_YES = "Đúng, ghi kèm lý do"
ENTER_AGAIN = "Nhập lại"
ASK_REASON = "Anh/chị ghi ngắn gọn lý do giúp."
REASON_NEEDS_WORDS = "Anh/chị ghi lý do bằng chữ giúp, ngắn gọn cũng được."
NOT_A_FIGURE = "Tôi chưa đọc được con số. Anh/chị nhập lại, chỉ ghi con số, ví dụ {example}."
# What a rate counts, where its name does not say.
COUNTED = "trường hợp"
ASK_TOTAL = "{count} trên tổng số bao nhiêu? Anh/chị nhập tổng số."
PHOTO_FOR_FIGURE = (
    "Tôi chưa đọc số từ ảnh. Anh/chị nhập con số bằng chữ số giúp, ví dụ {example}; ảnh gửi được sau, khi xem lại."
)
MILESTONE_UNCLEAR = "Anh/chị chọn một trong ba mức: hoàn thành, đang thực hiện, chưa thực hiện."

REVIEW_HEAD_FULL = "Đủ {done}/{total}. Anh/chị xem lại:"
REVIEW_HEAD = "Đã có {done}/{total}. Anh/chị xem lại:"
REVIEW_LINE = "{number}. {name}: {figure}"
REVIEW_MISSING = "chưa có"
REVIEW_MEND = 'Sửa dòng nào thì gõ "sửa {number}".'
SUBMIT = "Nộp báo cáo"
EVIDENCE = "Thêm ảnh minh chứng"
EVIDENCE_SEND = 'Anh/chị gửi ảnh. Xin không gửi ảnh giấy tờ tùy thân. Xong thì gõ "xong".'
EVIDENCE_KEPT = "Đã nhận ảnh minh chứng."
EVIDENCE_ON_SUBMITTED = "Đã nhận thêm ảnh minh chứng cho báo cáo."
NO_SUCH_LINE = "Không có dòng {number}. Anh/chị chọn từ 1 đến {last}."
SUBMITTED = "Đã nộp lúc {time} ngày {day}, {timeliness}. Phòng Văn hóa - Xã hội sẽ duyệt. Cảm ơn anh/chị."
SUBMITTED_PARTLY = "Đã nộp {done}/{total} chỉ tiêu lúc {time} ngày {day}. Còn {left} chỉ tiêu, hạn {due}."
EARLY = "trước hạn {days} ngày"
ON_THE_DAY = "đúng hạn"
LATE = "sau hạn {days} ngày"
NOTHING_TO_SUBMIT = 'Chưa có số liệu nào để nộp. Anh/chị gõ "báo cáo" để nhập.'
KEPT_SO_FAR = 'Đã giữ {done}/{total} chỉ tiêu. Gõ "tiếp tục" lúc nào cũng được, trên máy nào cũng được.'
SEVERAL = "Đã nhận {count} chỉ tiêu: {lines}."
SEVERAL_NONE = "Chưa nhận được chỉ tiêu nào."
SEVERAL_LEFT = " Còn {left} chỉ tiêu."
SEVERAL_LINE = "{number}. {figure}"
SEVERAL_NO_LINE = 'Chưa nhận "{figure}": không có dòng {number}, đơn vị có {last} chỉ tiêu.'
SEVERAL_UNCLEAR = 'Chưa nhận "{figure}" cho dòng {number}: tôi chưa đọc được số này.'
SEVERAL_ODD = 'Chưa nhận "{figure}" cho dòng {number}: số này khác thường, tôi sẽ hỏi lại riêng.'
REVIEW_AGAIN = "Xem lại"
BACK_TO = "Quay lại câu {position}/{total}."

EXPLAIN = 'Anh/chị ghi lời giải thích cho "{name}" ({figure}).'
EXPLAINED = "Đã gửi lời giải thích và giữ nguyên số liệu. Phòng Văn hóa - Xã hội sẽ xem lại."
NOT_RETURNED = "Chỉ tiêu này không còn chờ sửa."

SNOOZED = "Vâng, tôi nhắc lại lúc {time} ngày {day}."
DELAY_ASK = "Anh/chị ghi lý do, tôi chuyển cho Phòng Văn hóa - Xã hội."
DELAY_SENT = "Đã chuyển lý do cho Phòng Văn hóa - Xã hội. Cảm ơn anh/chị."
DELAY_TOLD = "{unit} nêu lý do chưa nộp báo cáo {period}: {reason}"
