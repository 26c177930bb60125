/** Plans of Party committees and of an enterprise, with invented facts. */

/** Three levels, as after the end of the districts: province, commune, village. */
export const THREE_LEVELS = `TỈNH ỦY CAO NGUYÊN                                   ĐẢNG CỘNG SẢN VIỆT NAM
           *
Số 41-KH/TU                                Cao Nguyên, ngày 22 tháng 9 năm 2025

KẾ HOẠCH
tổ chức Hội nghị trực tuyến học tập, quán triệt Nghị quyết số 900-NQ/TW
-----

Thực hiện Kế hoạch số 77-KH/TW, ngày 10/9/2025 của Ban Bí thư, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch tổ chức Hội nghị như sau:

I- MỤC ĐÍCH, YÊU CẦU
Tạo sự thống nhất trong Đảng.

II- NỘI DUNG, THÀNH PHẦN, THỜI GIAN, ĐỊA ĐIỂM
1. Nội dung
- Đồng chí Phó Bí thư Thường trực Tỉnh ủy phát biểu khai mạc (không quá 10 phút).
- Đồng chí Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy quán triệt những nội dung cốt lõi của Nghị quyết (khoảng 90 phút).
- Đồng chí Bí thư Tỉnh ủy phát biểu chỉ đạo.
2. Thời gian: 1/2 ngày, bắt đầu từ 8 giờ, ngày 02/10/2025 (thứ Năm).
3. Hình thức: Hội nghị tổ chức bằng hình thức trực tiếp kết hợp trực tuyến từ điểm cầu cấp tỉnh đến điểm cầu phường, xã, đặc khu và điểm cầu thôn, tổ dân phố.
4. Địa điểm và thành phần
4.1. Điểm cầu cấp tỉnh: Hội trường 2/9, Trụ sở Tỉnh ủy
- Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh (trừ các đồng chí là bí thư, phó bí thư phường, xã, đặc khu).
- Trưởng, phó các cơ quan tham mưu, giúp việc Tỉnh ủy; đại diện lãnh đạo các sở, ngành (mỗi đơn vị 02 đồng chí).
- Báo cáo viên Tỉnh ủy.
- Phóng viên Báo và Đài Phát thanh - Truyền hình Cao Nguyên đưa tin.
4.2. Điểm cầu phường, xã, đặc khu
- Ủy viên Ban Chấp hành đảng bộ phường, xã, đặc khu.
- Bí thư chi bộ, trưởng các đoàn thể.
- Các thành phần khác do ban thường vụ đảng ủy phường, xã, đặc khu quyết định.
4.3. Điểm cầu thôn, tổ dân phố
- Đảng viên chi bộ thôn, tổ dân phố; trưởng ban công tác mặt trận.
- Mời người có uy tín trong cộng đồng (nếu điều kiện phòng họp bảo đảm).

III- TỔ CHỨC THỰC HIỆN
1. Ban Tuyên giáo và Dân vận Tỉnh ủy
- Chủ trì chuẩn bị tài liệu, chậm nhất 25/9/2025.
- Theo dõi, tổng hợp kết quả, báo cáo Ban Thường vụ Tỉnh ủy.
2. Văn phòng Tỉnh ủy chuẩn bị các điều kiện phục vụ Hội nghị; ban hành giấy mời.
3. Các đảng ủy phường, xã, đặc khu
- Phân công đồng chí bí thư hoặc phó bí thư chủ trì tại điểm cầu phường, xã, đặc khu.
- Gửi số lượng đại biểu về Tỉnh ủy (qua Văn phòng Tỉnh ủy) trước 17h00 ngày 29/9.

Kế hoạch này thay giấy triệu tập.

Nơi nhận:                                                     T/M BAN THƯỜNG VỤ
- Thường trực Ban Bí thư (để báo cáo),                           PHÓ BÍ THƯ
- Các đồng chí Tỉnh ủy viên,
- Các đảng ủy phường, xã, đặc khu,
- Lưu Văn phòng Tỉnh ủy.
`;

/** A district of 2024; roman parts, no numbers below, bullets. */
export const DISTRICT_2024 = `ĐẢNG BỘ TỈNH CAO NGUYÊN
HUYỆN ỦY ĐỒNG LÂM
*
Số 203-KH/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Đồng Lâm, ngày 04 tháng 6 năm 2024

KẾ HOẠCH
Tổ chức Hội nghị thông tin thời sự quý II năm 2024

Căn cứ Chương trình công tác năm 2024, Ban Thường vụ Huyện ủy xây dựng Kế hoạch tổ chức Hội nghị thông tin thời sự, cụ thể như sau:

I. MỤC ĐÍCH
Cung cấp thông tin thời sự trong nước và quốc tế cho cán bộ, đảng viên.

II. THỜI GIAN, ĐỊA ĐIỂM
• Thời gian: Khai mạc lúc 13 giờ 30, thứ Sáu, ngày 14-6-2024.
• Địa điểm: tập trung tại Hội trường Trung tâm Chính trị huyện và trực tuyến đến điểm cầu các xã, thị trấn.

III. THÀNH PHẦN
Tại điểm cầu huyện:
• Các đồng chí Ủy viên Ban Chấp hành Đảng bộ huyện.
• Trưởng, phó các phòng, ban, đoàn thể huyện.
• Đại diện cấp ủy các chi bộ trực thuộc (mỗi chi bộ 01 đồng chí).
Tại điểm cầu xã, thị trấn:
• Đảng ủy viên, trưởng các đoàn thể xã, thị trấn.
• Bí thư, phó bí thư chi bộ, trưởng thôn (ngoại trừ các đồng chí dự tại điểm cầu huyện).

IV. NỘI DUNG, CHƯƠNG TRÌNH
• 13h30: Chào cờ, giới thiệu đại biểu.
• 13h40: Báo cáo viên Tỉnh ủy thông tin thời sự.
• 16h20: Đồng chí Phó Bí thư Thường trực Huyện ủy phát biểu kết luận.
• 16h30: Bế mạc.

V. TỔ CHỨC THỰC HIỆN
• Ban Tuyên giáo Huyện ủy: mời báo cáo viên; chuẩn bị nội dung, hoàn thành trước ngày 10/6/2024.
• Văn phòng Huyện ủy: chuẩn bị hội trường, âm thanh, đường truyền.
• Đảng ủy các xã, thị trấn: báo cáo số lượng đại biểu về Huyện ủy (qua Ban Tuyên giáo) chậm nhất ngày 12-6-2024.

Nơi nhận: - Thường trực Tỉnh ủy (báo cáo); - Các chi, đảng bộ trực thuộc; - Lưu VPHU.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ THƯỜNG TRỰC
`;

/** The bloc of enterprises: one sentence for each part. */
export const ENTERPRISES = `ĐẢNG ỦY KHỐI DOANH NGHIỆP TỈNH BẮC HÀ
*
Số 15-KH/ĐUK

ĐẢNG CỘNG SẢN VIỆT NAM
Bắc Hà, ngày 17 tháng 02 năm 2025

KẾ HOẠCH
tổ chức Hội nghị sơ kết công tác phát triển đảng viên trong doanh nghiệp

Ban Thường vụ Đảng ủy Khối doanh nghiệp tỉnh xây dựng Kế hoạch tổ chức Hội nghị như sau:

I. THỜI GIAN, HÌNH THỨC, ĐỊA ĐIỂM
1. Thời gian: Bắt đầu lúc 08h00', kết thúc lúc 11h00', ngày 06/3/2025.
2. Hình thức: tập trung trực tiếp kết hợp trực tuyến.
3. Địa điểm: Điểm cầu trung tâm tại Hội trường Đảng ủy Khối, số 20 đường Bà Triệu; điểm cầu cơ sở tại các đảng bộ, chi bộ cơ sở.

II. THÀNH PHẦN
1. Điểm cầu trung tâm: Các đồng chí Ủy viên Ban Chấp hành Đảng bộ Khối; trưởng các ban tham mưu; đại diện Ban Tổ chức Tỉnh ủy (khách mời).
2. Điểm cầu cơ sở: Cấp ủy các đảng bộ, chi bộ cơ sở; bí thư đoàn thanh niên; mỗi chi bộ trực thuộc cử 02 đại biểu.

III. NỘI DUNG
1. Phó Bí thư Thường trực Đảng ủy Khối khai mạc.
2. Ban Tổ chức Đảng ủy Khối báo cáo sơ kết (20 phút).
3. Tham luận của 05 đơn vị (mỗi tham luận không quá 07 phút).
4. Bí thư Đảng ủy Khối kết luận.

IV. PHÂN CÔNG NHIỆM VỤ
1. Ban Tổ chức: xây dựng báo cáo sơ kết, trình Ban Thường vụ trước ngày 28/02/2025.
2. Văn phòng: phát hành giấy mời, chuẩn bị hội trường.
3. Các đảng bộ, chi bộ cơ sở: chuẩn bị điểm cầu; gửi tham luận về Ban Tổ chức chậm nhất ngày 25/02/2025.

Nơi nhận:
– Ban Tổ chức Tỉnh ủy (để b/c);
– Các đồng chí trong Ban Chấp hành;
– Lưu VP.                              T/M BAN THƯỜNG VỤ
                                             BÍ THƯ
`;

/** A corporation: no marks at all but labels, a table set with tabs. */
export const CORPORATION = `TẬP ĐOÀN NĂNG LƯỢNG MIỀN BẮC
Số: 3321/KH-NLMB
Hà Nội, ngày 02 tháng 12 năm 2025

KẾ HOẠCH
Tổ chức Hội nghị người lao động năm 2025

Thời gian
Từ 8h00 đến 11h30 và từ 13h30 đến 16h30 ngày 19/12/2025.

Địa điểm
Điểm cầu chính: Tầng 8, Tòa nhà Tập đoàn, số 11 đường Láng.
Các điểm cầu tại tổng công ty, công ty thành viên.

Thành phần tham dự
Đại biểu triệu tập
Tại điểm cầu chính: Hội đồng thành viên; Ban Tổng Giám đốc; trưởng các ban.
Tại điểm cầu các tổng công ty, công ty thành viên: Ban Giám đốc; Chủ tịch Công đoàn; đại diện người lao động (mỗi đơn vị cử 05 đại biểu).
Đại biểu mời
Đại diện Công đoàn ngành; đại diện Bộ chủ quản.

Chương trình
Thời gian\tNội dung\tThực hiện
8h00-8h30\tVăn nghệ, chào cờ\tBan Tổ chức
8h30-9h15\tBáo cáo tình hình thực hiện kế hoạch năm 2025\tTổng Giám đốc
9h15-11h30\tTham luận, thảo luận\tĐại biểu các đơn vị
13h30-15h00\tBầu đại biểu dự hội nghị cấp trên\tChủ tịch Công đoàn Tập đoàn
15h00-16h30\tTổng kết, bế mạc\tChủ tịch Hội đồng thành viên

Tổ chức thực hiện
Văn phòng Tập đoàn chuẩn bị hội trường, kết nối các điểm cầu, hoàn thành trước 17h00 ngày 17/12/2025.
Các đơn vị thành viên gửi danh sách đại biểu về Văn phòng Tập đoàn muộn nhất ngày 10/12/2025.

Nơi nhận: Như trên; Lưu: VT, VP.
`;

/** A commune; composition in one sentence, a table of which every cell became a line. */
export const COMMUNE = `ĐẢNG BỘ TỈNH CAO NGUYÊN\tĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ TÂN MINH
*\tTân Minh, ngày 06 tháng 11 năm 2025
Số 33-KH/ĐU

KẾ HOẠCH
tổ chức Hội nghị trực tuyến triển khai Chỉ thị số 50-CT/TU

Thực hiện Công văn số 210-CV/TU, ngày 01/11/2025 của Tỉnh ủy, Đảng ủy xã ban hành Kế hoạch như sau:

1/ Thời gian: Lúc 14 giờ, chiều thứ Năm, ngày 20/11/2025.

2/ Địa điểm: Hội trường UBND xã và các điểm cầu thôn tại nhà văn hóa.

3/ Hình thức: tập trung.

4/ Thành phần: Thường trực Đảng ủy, Ủy viên Ban Chấp hành Đảng bộ xã; bí thư, phó bí thư các chi bộ trực thuộc (không kể các đồng chí dự tại điểm cầu thôn); trân trọng kính mời đồng chí Tỉnh ủy viên phụ trách địa bàn.

5/ Chương trình:
14h00 - 14h10
Chào cờ, giới thiệu đại biểu
Văn phòng Đảng ủy
14h10 - 15h30
Quán triệt Chỉ thị số 50-CT/TU
Ban Xây dựng Đảng
15h30 - 16h00
Phát biểu kết luận
Bí thư Đảng ủy

6/ Tổ chức thực hiện:
- Văn phòng Đảng ủy: tham mưu giấy mời, chuẩn bị hội trường xong trước ngày 19/11.
- Ban Xây dựng Đảng: chuẩn bị tài liệu.
- Các chi bộ: thông báo đảng viên dự đầy đủ; báo cáo danh sách về Đảng ủy (qua Văn phòng Đảng ủy) chậm nhất 17h00 ngày 18/11/2025.

Nơi nhận:\tT/M BAN THƯỜNG VỤ
- Tỉnh ủy (b/c),\tBÍ THƯ
- Các chi bộ,
- Lưu VPĐU.\tPhạm Thị Thí Dụ
`;
