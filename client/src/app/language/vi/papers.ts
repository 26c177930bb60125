export const papers = {
  papers: {
    title: 'Tài liệu',
    about:
      'Tài liệu gửi đại biểu đọc trước. Ai được mời đều mở được từ trang riêng của mình, nên đừng đưa lên đây tài liệu mật.',
    invitation:
      'Thả tài liệu vào đây, hoặc chọn tệp. PDF là tốt nhất; nhận cả Word, Excel, PowerPoint và ảnh, đến 20 MB.',
    adding: 'Đang gửi {{name}}',
    added: 'Đã thêm {{name}}.',
    none: 'Chưa có tài liệu nào',
    noneMore: 'Hãy thêm tài liệu đầu tiên, như chương trình hoặc dự thảo báo cáo.',
    noneYet: 'Ban tổ chức chưa đưa tài liệu nào lên.',
    list: 'Tài liệu của hội nghị',
    addedAt: 'thêm lúc {{at}}',
    remove: 'Gỡ',
    removeOf: 'Gỡ {{name}}',
    removeAsk: 'Gỡ tài liệu này?',
    removeMore: 'Đại biểu sẽ không mở được “{{name}}” nữa. Bản trên máy bạn vẫn còn.',
    keep: 'Giữ lại',
  },
};
