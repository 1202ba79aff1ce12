"""Reminders; one message to one chat for one reason."""

from __future__ import annotations

OPENING = "Kỳ báo cáo {period} đã mở. {unit} có {total} chỉ tiêu, hạn {due}. Báo cáo mất khoảng {minutes} phút."
BEFORE = (
    "Còn {days} ngày làm việc đến hạn báo cáo {period} ({due}). {unit} còn {left}/{total} chỉ tiêu chưa nộp. "
    "Báo cáo mất khoảng {minutes} phút."
)
TODAY = (
    "Hôm nay là hạn báo cáo {period}. {unit} còn {left}/{total} chỉ tiêu chưa nộp. Báo cáo mất khoảng {minutes} phút."
)
OVERDUE = (
    "Báo cáo {period} đã quá hạn {days} ngày. {unit} còn {left} chỉ tiêu chưa nộp. "
    "Nếu vướng, anh/chị gõ lý do, tôi chuyển cho Phòng Văn hóa - Xã hội."
)
AGAIN = "Anh/chị nhờ nhắc lại: {unit} còn {left}/{total} chỉ tiêu chưa nộp của {period}, hạn {due}."
DIGEST = "Báo cáo {period} đã quá hạn {days} ngày: còn {count}/{total} đơn vị chưa nộp đủ: {units}."
GROUP_BEFORE = "Còn {days} ngày làm việc đến hạn báo cáo {period} ({due}): đã nộp {done}/{total} đơn vị."
GROUP_TODAY = "Hôm nay là hạn báo cáo {period}: đã nộp {done}/{total} đơn vị."
REPORT_NOW = "Báo cáo ngay"
THIS_AFTERNOON = "Nhắc lại chiều nay"
TOMORROW = "Nhắc lại sáng mai"
GIVE_REASON = "Gửi lý do"
