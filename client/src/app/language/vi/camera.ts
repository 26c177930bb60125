export const camera = {
  camera: {
    title: 'Quét bằng máy ảnh',
    open: 'Quét bằng máy ảnh',
    close: 'Tắt máy ảnh',
    starting: 'Đang bật máy ảnh. Nếu trình duyệt hỏi, hãy chọn Cho phép.',
    preparing: 'Đang chuẩn bị đọc mã.',
    on: 'Đưa mã QR trên thẻ vào trước máy ảnh, cách chừng một gang tay.',
    refused:
      'Trình duyệt chưa cho trang này dùng máy ảnh. Bấm biểu tượng ổ khoá cạnh địa chỉ trang, chọn Cho phép máy ảnh, rồi bấm Thử lại. Trong lúc đó vẫn gõ tên hoặc dùng máy quét cầm tay được.',
    none: 'Không thấy máy ảnh nào trên máy này. Hãy cắm máy ảnh rồi bấm Thử lại, hoặc gõ tên.',
    busy: 'Chương trình khác đang dùng máy ảnh. Hãy đóng chương trình đó rồi bấm Thử lại.',
    insecure:
      'Trang mở qua http nên trình duyệt không cho dùng máy ảnh. Hãy mở bằng địa chỉ https, hoặc gõ tên.',
    failed: 'Chưa bật được máy ảnh. Hãy bấm Thử lại, hoặc gõ tên.',
    unable: 'Máy này chưa đọc được mã bằng máy ảnh. Hãy gõ tên hoặc dùng máy quét cầm tay.',
    choose: 'Máy ảnh',
    number: 'Máy ảnh {{n}}',
    lightOn: 'Bật đèn',
    lightOff: 'Tắt đèn',
  },
};
