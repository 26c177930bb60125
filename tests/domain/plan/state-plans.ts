/** Plans of offices of the State, with invented facts, in the manners that such papers come in. */

/** A programme by the clock, without marks or full stops. */
export const CLOCK = `ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÂM SƠN                     Độc lập - Tự do - Hạnh phúc
Số: 214/KH-UBND                Lâm Sơn, ngày 05 tháng 9 năm 2025

KẾ HOẠCH
Tổ chức Hội nghị trực tuyến toàn tỉnh triển khai nhiệm vụ chuyển đổi số những tháng cuối năm 2025

Căn cứ Quyết định số 12/QĐ-UBND ngày 03/01/2025; UBND tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Đánh giá kết quả 8 tháng đầu năm.
2. Yêu cầu
Bảo đảm thiết thực, hiệu quả.

II. NỘI DUNG
1. Thời gian, địa điểm
a) Thời gian: 01 buổi, từ 14h00 đến 17h00 ngày 18/9/2025 (thứ Năm).
b) Địa điểm:
- Điểm cầu chính: Hội trường tầng 3, Trụ sở UBND tỉnh, số 4 đường Trần Phú.
- Điểm cầu cấp xã: tại trụ sở UBND các xã, phường, đặc khu.
2. Thành phần tham dự
a) Tại điểm cầu tỉnh
- Chủ tịch UBND tỉnh - Chủ trì Hội nghị;
- Các Phó Chủ tịch UBND tỉnh;
- Thủ trưởng các sở, ban, ngành thuộc UBND tỉnh;
- Mời đại diện lãnh đạo Ban Tuyên giáo và Dân vận Tỉnh ủy;
- Phóng viên Báo và Phát thanh, truyền hình tỉnh.
b) Tại điểm cầu các xã, phường, đặc khu
- Chủ tịch, các Phó Chủ tịch UBND cấp xã (trừ các đồng chí đi công tác theo lệnh của cấp trên);
- Trưởng phòng Văn hóa - Xã hội;
- Trưởng thôn, tổ trưởng tổ dân phố; thành phần khác do Chủ tịch UBND cấp xã quyết định.
3. Chương trình
14h00 - 14h05: Ổn định tổ chức, giới thiệu đại biểu - Văn phòng UBND tỉnh
14h05 - 14h35: Báo cáo tình hình chuyển đổi số (tối đa 30 phút) - Sở Khoa học và Công nghệ
14h35 - 16h30: Thảo luận
16h30 - 17h00: Kết luận của đồng chí Chủ tịch UBND tỉnh
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng UBND tỉnh
- Gửi giấy mời; chuẩn bị hội trường; hoàn thành trước ngày 15/9/2025.
2. Sở Khoa học và Công nghệ
Chủ trì xây dựng báo cáo, gửi Văn phòng UBND tỉnh chậm nhất ngày 12/9/2025.
3. UBND các xã, phường, đặc khu
Gửi danh sách đại biểu về UBND tỉnh (qua Sở Nội vụ) trước 16 giờ 00 ngày 16/9/2025.
Trên đây là Kế hoạch tổ chức Hội nghị, đề nghị các cơ quan, đơn vị nghiêm túc thực hiện./.
Nơi nhận:                                           TM. ỦY BAN NHÂN DÂN
- Chủ tịch, các PCT UBND tỉnh (để b/c);              KT. CHỦ TỊCH
- Các sở, ban, ngành;                                 PHÓ CHỦ TỊCH
- UBND các xã, phường, đặc khu;
- Lưu: VT, KSTT.
`;

/** A ministry's training over two days; the programme of each half-day stands under its own label. */
export const TRAINING = `BỘ TƯ LIỆU                                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
_____                                            Độc lập - Tự do - Hạnh phúc
Số: 1873/KH-BTL                              Hà Nội, ngày 28 tháng 7 năm 2025

KẾ HOẠCH
Tổ chức Hội nghị tập huấn nghiệp vụ lưu trữ điện tử năm 2025

Thực hiện Quyết định số 2210/QĐ-BTL ngày 30/12/2024 của Bộ trưởng Bộ Tư liệu, Bộ Tư liệu ban hành Kế hoạch tổ chức Hội nghị tập huấn với các nội dung sau:

I. MỤC ĐÍCH, YÊU CẦU
- Trang bị kiến thức cho công chức làm công tác lưu trữ.
- Bảo đảm đúng đối tượng.

II. THỜI GIAN, ĐỊA ĐIỂM, HÌNH THỨC
1. Thời gian: trong 02 ngày 14-15/8/2025 (thứ Năm, thứ Sáu); sáng từ 7h30' đến 11h30', chiều từ 13h30' đến 17h00'.
2. Địa điểm: Hội trường A, số 5 phố Hồ Sen, thành phố Hà Nội.
3. Hình thức: trực tiếp kết hợp trực tuyến đến điểm cầu các bộ, ngành và điểm cầu các tỉnh, thành phố.

III. THÀNH PHẦN
1. Đại biểu mời
+ Đại diện lãnh đạo Bộ Nội vụ;
+ Đại diện lãnh đạo Văn phòng Chính phủ.
2. Đại biểu triệu tập
2.1. Điểm cầu Bộ Tư liệu
+ Lãnh đạo các cục, vụ, văn phòng thuộc Bộ;
+ Công chức Cục Lưu trữ.
2.2. Điểm cầu các bộ, ngành
+ Mỗi đơn vị cử 02 đại biểu.
2.3. Điểm cầu các tỉnh, thành phố
+ Lãnh đạo Sở Nội vụ phụ trách lưu trữ;
+ Công chức làm công tác lưu trữ (không kể người đã được cấp chứng chỉ năm 2024).

IV. CHƯƠNG TRÌNH
1. Ngày thứ nhất (14/8/2025)
a) Buổi sáng
• 7h30 - 8h00: Đón tiếp đại biểu
• 8h00 - 8h15: Khai mạc – Lãnh đạo Bộ
• 8h15 - 11h30: Chuyên đề 1: Lập hồ sơ điện tử – Cục Lưu trữ
b) Buổi chiều
• 13h30 - 17h00: Chuyên đề 2: Chỉnh lý tài liệu số – Viện Nghiên cứu Tư liệu
2. Ngày thứ hai (15/8/2025)
a) Buổi sáng
• 7h30 - 11h30: Thực hành theo nhóm
b) Buổi chiều
• 13h30 - 16h30: Trao đổi, giải đáp vướng mắc
• 16h30 - 17h00: Tổng kết, bế mạc – Cục trưởng Cục Lưu trữ

V. TỔ CHỨC THỰC HIỆN
1. Cục Lưu trữ
a) Chủ trì xây dựng tài liệu, xong trước ngày 08/8/2025.
b) Tổng hợp danh sách học viên.
2. Văn phòng Bộ bố trí hội trường, xe đưa đón; chuẩn bị đường truyền.
3. Các bộ, ngành, UBND các tỉnh, thành phố cử đại biểu và gửi danh sách về Bộ Tư liệu (qua Cục Lưu trữ) trước 17h00 ngày 12/8/2025.

Nơi nhận: Như trên; Bộ trưởng (để b/c); Lưu: VT, CLT.                 TL. BỘ TRƯỞNG
                                                                CHÁNH VĂN PHÒNG
`;

/** A letter (công văn) that convenes: no word KẾ HOẠCH, its matter after "V/v". */
export const LETTER = `UBND TỈNH AN HẢI
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 905/SGDĐT-VP
V/v tổ chức Hội nghị trực tuyến tổng kết năm học 2024 - 2025

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Hải, ngày 01 tháng 8 năm 2025

Kính gửi:
- UBND các xã, phường, đặc khu;
- Hiệu trưởng các trường trung học phổ thông.

Thực hiện chương trình công tác năm 2025, Sở Giáo dục và Đào tạo tổ chức Hội nghị trực tuyến tổng kết năm học 2024 - 2025, cụ thể như sau:

1. Thời gian: Khai mạc: 7 giờ 30 phút, ngày 15 tháng 8 năm 2025 (thứ Sáu).
2. Hình thức: trực tuyến.
3. Địa điểm:
* Điểm cầu Sở: Phòng họp tầng 2, Sở Giáo dục và Đào tạo, số 17 đường Lê Lai.
* Điểm cầu các xã, phường, đặc khu: tại trụ sở UBND cấp xã.
4. Thành phần:
* Điểm cầu Sở: Ban Giám đốc Sở; trưởng các phòng thuộc Sở; mời đại diện lãnh đạo Ban Văn hóa - Xã hội HĐND tỉnh.
* Điểm cầu các xã, phường, đặc khu: đồng chí Phó Chủ tịch UBND phụ trách văn hóa - xã hội (chủ trì); hiệu trưởng các trường trên địa bàn; mỗi trường cử 02 đại biểu giáo viên.
5. Đề nghị UBND các xã, phường, đặc khu chuẩn bị phòng họp, kiểm tra đường truyền và gửi danh sách đại biểu về Sở Giáo dục và Đào tạo chậm nhất 10/8/2025.

Đề nghị các cơ quan, đơn vị quan tâm thực hiện./.

Nơi nhận:
- Như trên;
- UBND tỉnh (để báo cáo);
- Lưu: VT, VP.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
`;

/** Army style: command words, times as "07 giờ 45", tables flattened with bars. */
export const ARMY = `BỘ CHỈ HUY QUÂN SỰ TỈNH
VĂN PHÒNG
Số: 77/KH-VP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đồng Vân, ngày 11 tháng 3 năm 2025

KẾ HOẠCH
Tổ chức Hội nghị trực tuyến quân chính quý I năm 2025

Căn cứ Mệnh lệnh số 02/ML-TL ngày 02/01/2025 của Tư lệnh Quân khu; Bộ Chỉ huy quân sự tỉnh xây dựng kế hoạch tổ chức Hội nghị như sau:

I. MỤC ĐÍCH, YÊU CẦU
Đánh giá kết quả công tác quân sự, quốc phòng quý I.

II. THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: 01 buổi, ngày 27/3/2025; khai mạc lúc 07 giờ 45.
2. Địa điểm
- Điểm cầu Bộ Chỉ huy: Hội trường lớn, Bộ Chỉ huy quân sự tỉnh.
- Điểm cầu Ban Chỉ huy quân sự các huyện, thị xã, thành phố: tại phòng giao ban trực tuyến của đơn vị.

III. THÀNH PHẦN
1. Tại điểm cầu Bộ Chỉ huy quân sự tỉnh
- Thủ trưởng Bộ Chỉ huy chủ trì Hội nghị;
- Chỉ huy các phòng, ban (trừ lực lượng trực sẵn sàng chiến đấu);
- Khách mời: đại diện Công an tỉnh (01 đồng chí).
2. Tại điểm cầu Ban Chỉ huy quân sự các huyện, thị xã, thành phố
- Chỉ huy trưởng, Chính trị viên;
- Trợ lý các ngành.

IV. CHƯƠNG TRÌNH
TT | Thời gian | Nội dung | Người thực hiện
1 | 07.30-07.45 | Ổn định tổ chức | Tham mưu
2 | 07h45-08h00 | Khai mạc | Chỉ huy trưởng
3 | 08h00-09h30 | Báo cáo kết quả quý I | Phó Chỉ huy trưởng - Tham mưu trưởng
4 | 09h30-09h45 | Giải lao |
5 | 09h45-11h00 | Kết luận | Chỉ huy trưởng

V. TỔ CHỨC THỰC HIỆN
1. Phòng Tham mưu: chủ trì bảo đảm thông tin liên lạc, kiểm tra đường truyền xong trước 16h ngày 26/3/2025.
2. Phòng Chính trị: trang trí hội trường, tuyên truyền.
3. Phòng Hậu cần - Kỹ thuật: bảo đảm hậu cần.
4. Ban Chỉ huy quân sự các huyện, thị xã, thành phố: báo cáo quân số dự họp về Phòng Tham mưu trước 15/3/2025.

Nơi nhận:\t\tCHỈ HUY TRƯỞNG
- Thủ trưởng Bộ Chỉ huy (để b/c);
- Các phòng, ban;
- Lưu: VT, TM.
`;

/** Cut at seventy columns, without an empty line. */
export const WRAPPED = `ỦY BAN NHÂN DÂN
THÀNH PHỐ BÌNH GIANG
Số: 56/KH-UBND
Bình Giang, ngày 20 tháng 10 năm 2025
KẾ HOẠCH
Tổ chức Hội nghị trực tuyến đối thoại với doanh nghiệp và hợp tác xã
trên địa bàn thành phố năm 2025
Thực hiện Nghị quyết số 31/NQ-HĐND ngày 10/12/2024 của Hội đồng nhân
dân thành phố về phát triển kinh tế - xã hội, Ủy ban nhân dân thành
phố ban hành Kế hoạch tổ chức Hội nghị như sau:
1. Mục đích, yêu cầu
Kịp thời nắm bắt, tháo gỡ khó khăn của doanh nghiệp; bảo đảm trang
trọng, tiết kiệm.
2. Thời gian, địa điểm
2.1. Thời gian: từ 8h-11h30 ngày 05 tháng 11 năm 2025 (thứ Tư).
2.2. Địa điểm: Hội trường lớn, Trung tâm Hành chính thành phố, số 1
đường Nguyễn Huệ, phường Trung Tâm.
2.3. Hình thức: trực tiếp tại điểm cầu thành phố, kết hợp trực tuyến
đến điểm cầu các xã, phường.
3. Thành phần: Tại điểm cầu thành phố: Chủ tịch UBND thành phố chủ trì;
giám đốc các sở, ngành; mời đại diện Hiệp hội Doanh nghiệp thành phố;
đại diện 20 doanh nghiệp tiêu biểu. Tại điểm cầu xã, phường: Chủ tịch
UBND xã, phường; đại diện các hợp tác xã trên địa bàn (mỗi hợp tác xã
01 người).
4. Chương trình
- 8h00-8h10: Tuyên bố lý do, giới thiệu đại biểu (Văn phòng UBND thành
phố).
- 8h10-8h40: Báo cáo tình hình hỗ trợ doanh nghiệp, hợp tác xã - Sở
Tài chính.
- 8h40-11h00: Đối thoại.
- 11h00-11h30: Chủ tịch UBND thành phố phát biểu kết luận.
5. Tổ chức thực hiện
a) Sở Tài chính chủ trì, phối hợp với Hiệp hội Doanh nghiệp thành phố
tổng hợp kiến nghị, hoàn thành trước ngày 28/10/2025.
b) Văn phòng UBND thành phố chuẩn bị cơ sở vật chất, phát hành giấy
mời.
c) UBND các xã, phường rà soát, lập danh sách doanh nghiệp, hợp tác xã
tham dự, gửi Sở Tài chính trước 17h00 ngày 25/10.
Nơi nhận:
- Thường trực Thành ủy (để b/c);
- Các sở, ngành; UBND các xã, phường;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
`;

/** Articles and capitals; bridges in running text with "gồm"; a class of hours by half-days. */
export const RUNNING = `BỘ NÔNG LÂM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 4410/KH-BNL
Hà Nội, ngày 09 tháng 6 năm 2025

KẾ HOẠCH
TỔ CHỨC HỘI NGHỊ TRỰC TUYẾN TOÀN QUỐC
SƠ KẾT CÔNG TÁC PHÒNG, CHỐNG THIÊN TAI 6 THÁNG ĐẦU NĂM 2025

Phần I. MỤC ĐÍCH, YÊU CẦU
Đánh giá kết quả, rút kinh nghiệm.

Phần II. NỘI DUNG
1. Thời gian: 01 ngày (thứ Sáu, ngày 27 tháng 6 năm 2025), khai mạc lúc 08 giờ 00, bế mạc lúc 16 giờ 30.
2. Địa điểm: Điểm cầu trung tâm: Phòng họp 102, Nhà A1, Bộ Nông Lâm, số 6 phố Ngọc Sơn, Hà Nội; điểm cầu địa phương tại trụ sở UBND các tỉnh, thành phố.
3. Thành phần: Tại điểm cầu trung tâm gồm Bộ trưởng chủ trì; lãnh đạo các cục, vụ; đại diện các Bộ: Quốc phòng, Công an; đại diện cơ quan báo chí. Tại điểm cầu các tỉnh, thành phố gồm Phó Chủ tịch UBND tỉnh, thành phố; Giám đốc Sở Nông Lâm; các đại biểu khác do địa phương mời.
4. Chương trình:
* Buổi sáng
+ 08 giờ 00 đến 08 giờ 15: Khai mạc (Bộ trưởng).
+ 08 giờ 15 đến 09 giờ 00: Báo cáo sơ kết; Cục Phòng, chống thiên tai trình bày.
+ 09 giờ 00 đến 11 giờ 30: Tham luận của các địa phương, mỗi tham luận không quá 10 phút.
* Buổi chiều
+ 13 giờ 30 đến 16 giờ 00: Thảo luận theo chuyên đề.
+ 16 giờ 00 đến 16 giờ 30: Bộ trưởng kết luận.

Phần III. TỔ CHỨC THỰC HIỆN
1. Giao Cục Phòng, chống thiên tai là đầu mối, phối hợp với Văn phòng Bộ chuẩn bị nội dung; trình Bộ trước ngày 20/6/2025.
2. Giao Văn phòng Bộ bố trí phòng họp, kiểm tra đường truyền với các địa phương trong ngày 26/6/2025.
3. Đề nghị UBND các tỉnh, thành phố chuẩn bị điểm cầu, gửi tham luận về Bộ Nông Lâm (qua Cục Phòng, chống thiên tai) trước ngày 18 tháng 6 năm 2025.

Nơi nhận: - Như Phần III; - Phó Thủ tướng Chính phủ (để báo cáo); - Lưu: VT, PCTT.
`;
