export const conferences = {
  conferences: {
    title: 'Hội nghị',
    new: 'Hội nghị mới',
    none: 'Chưa có hội nghị nào',
    begin: 'Bắt đầu bằng văn bản kế hoạch: chương trình đọc văn bản và dựng sẵn kế hoạch để xem lại.',
    noneForYou: 'Khi ban tổ chức giao việc ở một hội nghị, hội nghị đó hiện ra ở đây.',
    number: 'Số {{number}}',
    noDate: 'Chưa có ngày giờ',
    bridges: '{{n}} điểm cầu',
    people: '{{n}} đại biểu',
  },
  conferenceState: { draft: 'đang chuẩn bị', issued: 'đã ban hành' },
  newConference: {
    title: 'Hội nghị mới',
    drop: 'Đưa văn bản kế hoạch vào đây (Word, văn bản thuần)',
    reading: 'Đang đọc văn bản…',
    about: 'Văn bản chỉ được đọc, chưa lưu gì cho đến khi đồng chí nhận kế hoạch.',
    other: 'Văn bản khác',
    accept: 'Nhận và tạo hội nghị',
  },
};
