/** Plans of other offices, with invented facts, in the manners that such papers come in. */

export const MINISTRY = `BỘ Y TẾ
-------
Số:  45 /KH-BYT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc

Hà Nội, ngày 03 tháng 9 năm 2025

KẾ HOẠCH TỔ CHỨC HỘI NGHỊ TRỰC TUYẾN TOÀN QUỐC VỀ HỒ SƠ SỨC KHỎE ĐIỆN TỬ

Căn cứ chương trình công tác năm 2025, Bộ Y tế ban hành Kế hoạch tổ chức Hội nghị trực tuyến toàn quốc về hồ sơ sức khỏe điện tử, cụ thể như sau:

1. Mục đích
Triển khai thống nhất hồ sơ sức khỏe điện tử.

2. Thời gian, địa điểm
- Thời gian: 01 ngày, khai mạc lúc 7h30 ngày 19/9/2025 (thứ Sáu).
- Địa điểm: Điểm cầu trung tâm tại Hội trường lớn, Bộ Y tế, số 138A Giảng Võ, Hà Nội, kết nối trực tuyến tới điểm cầu 34 tỉnh, thành phố.

3. Chủ trì: Đồng chí Thứ trưởng Bộ Y tế.

4. Thành phần
4.1 Tại điểm cầu Bộ Y tế
+ Lãnh đạo các vụ, cục thuộc Bộ;
+ Đại diện Bộ Công an, Bảo hiểm xã hội Việt Nam (mỗi đơn vị 02 đồng chí);
+ Khách mời: một số chuyên gia công nghệ.
4.2 Tại điểm cầu các tỉnh, thành phố
+ Lãnh đạo UBND tỉnh, thành phố chủ trì;
+ Giám đốc Sở Y tế, giám đốc các bệnh viện công lập trên địa bàn, ngoại trừ các đồng chí đã dự tại Bộ Y tế;
+ Các thành phần khác do địa phương quyết định.

5. Chương trình
| Thời gian | Nội dung | Thực hiện |
|---|---|---|
| 7h00 - 7h30 | Đón tiếp đại biểu | Văn phòng Bộ |
| 7h30 - 7h45 | Khai mạc | Lãnh đạo Bộ |
| 7h45 - 8h30 | Báo cáo tổng quan | Cục Khoa học công nghệ và Đào tạo |
| 8h30 - 10h00 | Thảo luận | Các đại biểu |
| 10h00 - 10h30 | Phát biểu kết luận | Thứ trưởng Bộ Y tế |

6. Phân công thực hiện
a) Văn phòng Bộ: chuẩn bị hội trường, gửi giấy mời trước ngày 10/9/2025.
b) Cục Khoa học công nghệ và Đào tạo: xây dựng báo cáo tổng quan; làm đầu mối kỹ thuật.
c) Vụ Kế hoạch - Tài chính: bố trí kinh phí.
đ) Sở Y tế các tỉnh, thành phố: tổng hợp danh sách đại biểu gửi về Văn phòng Bộ (qua Phòng Tổng hợp) trước 16 giờ 30 ngày 12/9/2025.

Nơi nhận:
- Bộ trưởng (để b/c);                                  KT. BỘ TRƯỞNG
- Các Thứ trưởng;                                      THỨ TRƯỞNG
- UBND các tỉnh, thành phố (để phối hợp);
- Lưu: VT, CNTT.
`;

export const WITHOUT_NUMBERS = `Thời gian: 8 giờ 00, thứ Ba, ngày 21/10/2025
Địa điểm: Hội trường Tỉnh ủy
Hình thức: Trực tiếp kết hợp trực tuyến
Thành phần:
Điểm cầu Tỉnh ủy: Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy; Ủy viên Ban Chấp hành Đảng bộ tỉnh (trừ các đồng chí chủ trì tại điểm cầu cấp xã).
Điểm cầu các xã, phường: Ban Thường vụ Đảng ủy; bí thư chi bộ trực thuộc.
Chương trình:
- Khai mạc: Đồng chí Phó Bí thư Thường trực Tỉnh ủy (10 phút)
- Đồng chí Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy trình bày chuyên đề (tối đa 60 phút)
- Thảo luận
- Bế mạc
Tổ chức thực hiện:
Văn phòng Tỉnh ủy chuẩn bị hội trường, đường truyền.
Các đảng ủy xã, phường gửi danh sách đại biểu về Văn phòng Tỉnh ủy chậm nhất ngày 17/10/2025.
`;

export const TWO_COLUMNS = `HUYỆN ỦY YÊN SƠN                         ĐẢNG CỘNG SẢN VIỆT NAM
        *
    Số 118-KH/HU                         Yên Sơn, ngày 05 tháng 3 năm 2025

                              KẾ HOẠCH
      tổ chức Hội nghị trực tuyến học tập chuyên đề năm 2025
                                 -----

    Thực hiện Kế hoạch số 300-KH/TU, ngày 20/02/2025 của Ban Thường vụ Tỉnh ủy,
Ban Thường vụ Huyện ủy xây dựng Kế hoạch tổ chức Hội nghị trực tuyến học tập
chuyên đề năm 2025 như sau:

I- MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cán bộ, đảng viên về nội dung chuyên đề; bảo đảm
thiết thực.

II- THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN
1. Thời gian: 1/2 ngày, bắt đầu từ 13 giờ 30 phút ngày 20 tháng 3 năm 2025.
2. Địa điểm: Hội trường Trung tâm Chính trị huyện (điểm cầu cấp huyện) và hội
trường các xã, thị trấn (điểm cầu cấp xã).
3. Thành phần
3.1. Điểm cầu cấp huyện
- Các đồng chí Ủy viên Ban Chấp hành Đảng bộ huyện.
- Trưởng, phó các ban, phòng, ngành, đoàn thể huyện; đại diện chi ủy các chi
bộ trực thuộc.
3.2. Điểm cầu cấp xã
- Đảng ủy viên; bí thư, phó bí thư chi bộ thôn, tổ dân phố.
- Toàn thể đảng viên (nếu điều kiện hội trường cho phép).
4. Nội dung: báo cáo viên truyền đạt chuyên đề (khoảng 120 phút), thảo luận
(không quá 30 phút).

III- TỔ CHỨC THỰC HIỆN
1. Ban Tuyên giáo Huyện ủy chủ trì chuẩn bị nội dung, mời báo cáo viên cấp
tỉnh; tổng hợp kết quả báo cáo Ban Thường vụ Huyện ủy định kỳ hằng tháng.
2. Các đảng ủy xã, thị trấn
- Cử đồng chí bí thư chủ trì điểm cầu cấp xã.
- Báo cáo số lượng đại biểu về Huyện ủy (qua Văn phòng Huyện ủy) trước ngày
18/3.
Kế hoạch này thay thế giấy triệu tập.

Nơi nhận:                                T/M BAN THƯỜNG VỤ
- Thường trực Tỉnh ủy (để báo cáo),          PHÓ BÍ THƯ
- Các đảng ủy trực thuộc (để thực hiện),
- Lưu Văn phòng Huyện ủy.                  Hoàng Văn Ví Dụ
`;

export const ENTERPRISE = `**TẬP ĐOÀN ĐIỆN LỰC MẪU**

**KẾ HOẠCH**

**Tổ chức hội nghị tổng kết năm 2025 bằng hình thức trực tuyến**

**I. MỤC ĐÍCH**

Đánh giá kết quả năm 2025.

**II. THỜI GIAN – ĐỊA ĐIỂM – HÌNH THỨC**

1. *Thời gian*: Từ 8h00 ngày 25/12/2025 đến 11h30 ngày 26/12/2025.
2. *Địa điểm*: 
   * Điểm cầu chính: Trung tâm Hội nghị, số 11 Cửa Bắc.
   * Điểm cầu đơn vị: phòng họp của các tổng công ty.

**III. THÀNH PHẦN THAM DỰ**

1. Tại điểm cầu chính:
   * Hội đồng thành viên, Ban Tổng Giám đốc
   * Trưởng các ban chuyên môn
2. Tại điểm cầu các tổng công ty:
   * Tổng Giám đốc tổng công ty chủ trì
   * 03 đại diện người lao động

**IV. NỘI DUNG CHƯƠNG TRÌNH**

- Chào cờ, tuyên bố lý do;
- Báo cáo tổng kết do Phó Tổng Giám đốc trình bày, không quá 45 phút;
- Tham luận của các đơn vị (mỗi tham luận 10 phút);
- Phát biểu của lãnh đạo Bộ Công Thương;
- Bế mạc.

**V. TỔ CHỨC THỰC HIỆN**

- **Văn phòng Tập đoàn**: Chủ trì công tác hậu cần.
- **Ban Viễn thông và Công nghệ thông tin**: Bảo đảm đường truyền, thử kết nối ngày 23/12/2025.
- **Các tổng công ty**: Đăng ký đại biểu về Văn phòng Tập đoàn trước ngày 31/11/2025.

**Nơi nhận**: Như trên; HĐTV (để b/c); Lưu: VT.
`;

export const PROVINCE = `TỈNH ỦY THÁI NGUYÊN                                     ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 88-KH/TU                                Thái Nguyên, ngày 12 tháng 11 năm 2025

KẾ HOẠCH
tổ chức Hội nghị trực tuyến toàn tỉnh quán triệt các nghị quyết mới
-----

Thực hiện chỉ đạo của Trung ương, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch tổ chức Hội nghị như sau:

I. Mục đích, yêu cầu
- Bảo đảm nghiêm túc.

II. Thời gian, hình thức, địa điểm

1. Thời gian: Từ 07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư ngày 26 tháng 11 năm 2025.
2. Hình thức: Trực tuyến đến cơ sở.
3. Địa điểm
3.1. Điểm cầu trung tâm: Hội trường Tỉnh ủy.
3.2. Điểm cầu tại các sở, ngành, lực lượng vũ trang: Do các đơn vị bố trí.
3.3. Điểm cầu các xã, phường: Do đảng ủy các xã, phường bố trí.

III. Thành phần

1. Điểm cầu tỉnh
1.1. Đại biểu mời
- Đại diện lãnh đạo Ban Tuyên giáo và Dân vận Trung ương;
- Các đồng chí nguyên Bí thư, Phó Bí thư Tỉnh ủy.
1.2. Đại biểu triệu tập
- Ủy viên Ban Chấp hành Đảng bộ tỉnh;
- Trưởng, phó các ban, cơ quan tham mưu, giúp việc Tỉnh ủy.
2. Điểm cầu Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh: Đảng ủy viên; chỉ huy các phòng.
3. Điểm cầu xã, phường
- Ủy viên Ban Chấp hành Đảng bộ xã, phường;
- Bí thư, phó bí thư chi bộ trực thuộc; đảng viên (tùy điều kiện hội trường).

IV. Nội dung, chương trình
Đồng chí Bí thư Tỉnh ủy chủ trì Hội nghị.
1. Chào cờ, giới thiệu đại biểu (07 giờ 30 - 07 giờ 40): Văn phòng Tỉnh ủy.
2. Phát biểu khai mạc (10 phút): đồng chí Phó Bí thư Thường trực Tỉnh ủy.
3. Quán triệt Nghị quyết (không quá 90 phút): Báo cáo viên Trung ương.
4. Kết luận: đồng chí Bí thư Tỉnh ủy.

V. Tổ chức thực hiện
1. Ban Tuyên giáo và Dân vận Tỉnh ủy
- Chủ trì tham mưu nội dung.
- Tổng hợp, báo cáo kết quả với Ban Thường vụ Tỉnh ủy trước ngày 05/12/2025.
2. Giao Công ty Viễn thông Thái Nguyên bảo đảm đường truyền.
3. Đề nghị Báo và Đài Phát thanh - Truyền hình tỉnh đưa tin, truyền hình trực tiếp trên kênh TN1.

Nơi nhận:
- Ban Tuyên giáo và Dân vận Trung ương (b/c),
- Các đảng ủy xã, phường (t/h),
- Lưu VPTU.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
`;
