export const guests = {
  guests: {
    title: 'Báo chí, nhà khoa học',
    about:
      'Hai danh sách riêng, mỗi danh sách do một cơ quan lập theo kế hoạch. Khách ở đây không có ghế, không tính vào số đại biểu và không ai bị ghi vắng.',
    list: { press: 'Báo chí', scientists: 'Nhà khoa học' },
    owner: 'Kế hoạch giao: {{owner}}.',
    noOwner: 'Kế hoạch chưa giao ai lập danh sách này.',
    count_one: '{{count}} khách',
    count_other: '{{count}} khách',
    none: 'Chưa có ai trong danh sách',
    noneMore: 'Hãy thêm từng người, hoặc nhập từ tệp Excel mà cơ quan lập danh sách gửi.',
    add: 'Thêm khách',
    addTo: { press: 'Thêm vào danh sách báo chí', scientists: 'Thêm nhà khoa học' },
    change: 'Sửa',
    changeOf: 'Sửa {{who}}',
    remove: 'Bỏ khỏi danh sách',
    removeAsk: 'Bỏ khách này?',
    removeMore: '{{who}} sẽ không còn trong danh sách.',
    keep: 'Giữ lại',
    save: 'Lưu',
    cancel: 'Thôi',
    field: {
      name: 'Họ và tên',
      organisation: 'Cơ quan',
      post: 'Chức danh',
      card: 'Số thẻ nhà báo',
      phone: 'Điện thoại',
      email: 'Thư điện tử',
    },
    agencyAlone: 'Chưa biết ai đến thì để trống.',
    anybody: 'Chưa có tên',
    file: {
      press:
        'Thả tệp Excel hoặc CSV vào đây. Cần cột Cơ quan; có thể có Họ và tên, Chức danh, Số thẻ, Điện thoại, Email.',
      scientists:
        'Thả tệp Excel hoặc CSV vào đây. Cần cột Họ và tên; có thể có Cơ quan, Chức danh, Điện thoại, Email.',
    },
    import: 'Nhập từ tệp',
    reading: 'Đang đọc {{name}}',
    wouldAdd:
      'Tệp có {{rows}} dòng: thêm {{added}} khách, {{known}} người đã có trong danh sách và giữ nguyên.',
    faulty: 'Tệp còn chỗ cần sửa nên chưa nhập gì. Hãy sửa trong tệp rồi gửi lại.',
    confirm_one: 'Thêm {{count}} khách',
    confirm_other: 'Thêm {{count}} khách',
    nothingNew: 'Mọi người trong tệp đã có trong danh sách.',
  },
};
