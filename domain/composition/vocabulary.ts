import { RANK, ROLE, SCHOOL, TIER, type Bits, type Body } from './rule.ts';

/** What a phrase of positions and clauses means. */
export type Term =
  | {
      readonly is: 'role';
      readonly role: Bits;
      readonly body: Body | null;
      readonly rank: Bits;
      readonly type: string | null;
      readonly tiers: Bits;
    }
  /** "trưởng", "phó": head or deputy of what follows. */
  | { readonly is: 'head' }
  | { readonly is: 'deputy' }
  /** "lãnh đạo", "cán bộ chủ chốt": head and deputies. */
  | { readonly is: 'leaders' }
  | { readonly is: 'collective' }
  /** `exec` marks "ban chấp hành" and "ban thường vụ", which also mass organisations have. */
  | {
      readonly is: 'body';
      readonly body: Body;
      readonly tiers: Bits;
      readonly type: string | null;
      readonly rank: Bits;
      readonly exec: 'committee' | 'standing' | null;
    }
  | { readonly is: 'tier'; readonly tiers: Bits; readonly type: string | null }
  | { readonly is: 'bloc' }
  | { readonly is: 'school'; readonly schools: Bits }
  | { readonly is: 'settlement' }
  | { readonly is: 'alternate' }
  | { readonly is: 'standing' }
  | { readonly is: 'equivalent' }
  | { readonly is: 'former' }
  | { readonly is: 'acting' }
  | { readonly is: 'of' }
  | { readonly is: 'located' }
  | { readonly is: 'represent' }
  | { readonly is: 'others' }
  | { readonly is: 'guests' }
  | { readonly is: 'high-leaders' }
  | { readonly is: 'list' }
  | { readonly is: 'topic' }
  | { readonly is: 'also' }
  /** Unknown as a word alone is, but holding one of ours ("nội vụ" is no vụ). */
  | { readonly is: 'word' }
  /** Said in passing; asks nothing of anybody. */
  | { readonly is: 'filler' };

type RoleTerm = Extract<Term, { is: 'role' }>;
type BodyTerm = Extract<Term, { is: 'body' }>;

function role(bits: Bits, more: Partial<RoleTerm> = {}): RoleTerm {
  return { is: 'role', role: bits, body: null, rank: 0, type: null, tiers: 0, ...more };
}

function body(kind: Body, more: Partial<BodyTerm> = {}): BodyTerm {
  return { is: 'body', body: kind, tiers: 0, type: null, rank: 0, exec: null, ...more };
}

const { central, province, district, commune, bloc, village } = TIER;

/** Phrases by what they mean, several parted by `|`. The longest phrase that fits wins. "và" counts nowhere. */
export const PHRASES: readonly (readonly [phrases: string, term: Term])[] = [
  // Roles.
  ['tổng bí thư', role(ROLE['general-secretary'], { body: 'politburo' })],
  ['bí thư', role(ROLE.secretary)],
  ['phó bí thư|phó bí thư thường trực', role(ROLE['deputy-secretary'])],
  ['ủy viên', role(ROLE.member)],
  ['ủy viên dự khuyết', role(ROLE['alternate-member'])],
  ['ủy viên thường vụ', role(ROLE['standing-member'], { body: 'party-committee' })],
  ['thành viên', role(ROLE.member)],
  ['báo cáo viên|tuyên truyền viên', role(ROLE.reporter)],
  ['cấp ủy viên|chi ủy viên', role(ROLE['committee-member'])],
  ['đại biểu hội đồng nhân dân', role(ROLE.delegate, { body: 'council' })],
  ['đại biểu quốc hội', role(ROLE.delegate, { body: 'assembly' })],
  ['đảng viên', role(ROLE['party-member'])],
  [
    'cán bộ|công chức|viên chức|chuyên viên|chuyên viên chính|chuyên viên cao cấp|nhân viên|người lao động|công nhân viên|giáo viên|giảng viên|sĩ quan|chiến sĩ|hội viên|đoàn viên|quần chúng|nhân dân|người dân',
    role(ROLE.official),
  ],
  [
    'giám đốc|tổng giám đốc|chủ tịch|chủ nhiệm|tổng biên tập|thủ trưởng|người đứng đầu|chỉ huy trưởng|tư lệnh|chính ủy|chính trị viên|tổng thư ký|chánh|viện trưởng viện kiểm sát',
    role(ROLE.head),
  ],
  ['chánh văn phòng', role(ROLE.head, { body: 'office' })],
  ['chánh thanh tra', role(ROLE.head, { body: 'sector' })],
  ['chánh án', role(ROLE.head, { body: 'sector' })],
  ['bộ trưởng', role(ROLE.head, { body: 'ministry', tiers: central })],
  ['thứ trưởng', role(ROLE.deputy, { body: 'ministry', tiers: central })],
  ['tổng cục trưởng', role(ROLE.head, { body: 'general-department', rank: RANK['general-department'] })],
  ['vụ trưởng|cục trưởng|viện trưởng', role(ROLE.head, { body: 'bureau', rank: RANK.bureau })],
  ['hiệu trưởng', role(ROLE.head, { body: 'school' })],
  ['thôn trưởng', role(ROLE.head, { body: 'village' })],
  ['tổ trưởng tổ dân phố|tổ trưởng dân phố', role(ROLE.head, { body: 'residential-group' })],
  [
    'đội trưởng|trạm trưởng|tổ trưởng|kế toán trưởng|chi cục trưởng|hạt trưởng',
    role(ROLE.head, { body: 'unit' }),
  ],
  ['trưởng|cấp trưởng', { is: 'head' }],
  ['phó|cấp phó', { is: 'deputy' }],
  ['lãnh đạo|cán bộ chủ chốt|cán bộ lãnh đạo|lãnh đạo chủ chốt|cán bộ lãnh đạo chủ chốt', { is: 'leaders' }],
  ['cán bộ lãnh đạo quản lý|lãnh đạo quản lý', { is: 'leaders' }],
  ['tập thể lãnh đạo', { is: 'collective' }],
  ['dự khuyết', { is: 'alternate' }],
  ['thường trực', { is: 'standing' }],
  ['nguyên|cố', { is: 'former' }],
  ['quyền', { is: 'acting' }],
  ['kiêm|đồng thời là', { is: 'also' }],
  ['đại diện', { is: 'represent' }],
  ['thành phần khác|đại biểu khác|các đối tượng khác|đối tượng khác', { is: 'others' }],
  [
    'nhà khoa học|trí thức|doanh nghiệp tiêu biểu|doanh nhân|doanh nhân tiêu biểu|chuyên gia|nhân sĩ|văn nghệ sĩ|nghệ nhân|nhà quản lý|già làng|người có uy tín|khách mời|nhà hảo tâm|chức sắc|chức sắc tôn giáo',
    { is: 'guests' },
  ],
  ['cấp cao', { is: 'high-leaders' }],
  ['danh sách', { is: 'list' }],
  ['về|trong lĩnh vực|thuộc lĩnh vực', { is: 'topic' }],

  // Party committees, from the top down.
  ['bộ chính trị', body('politburo', { tiers: central })],
  ['ban bí thư|ban bí thư trung ương|ban bí thư trung ương đảng', body('secretariat', { tiers: central })],
  [
    'trung ương đảng|ban chấp hành trung ương|ban chấp hành trung ương đảng|ban chấp hành đảng bộ trung ương',
    body('central-committee', { tiers: central }),
  ],
  ['quân ủy trung ương', body('military-commission', { tiers: central })],
  ['đảng ủy công an trung ương', body('public-security-committee', { tiers: central })],
  ['tỉnh ủy|đảng bộ tỉnh|đảng ủy tỉnh', body('party-committee', { tiers: province, type: 'tỉnh' })],
  ['thành ủy|đảng bộ thành phố', body('party-committee', { tiers: province | district, type: 'thành phố' })],
  ['huyện ủy|đảng bộ huyện', body('party-committee', { tiers: district, type: 'huyện' })],
  ['quận ủy|đảng bộ quận', body('party-committee', { tiers: district, type: 'quận' })],
  ['thị ủy|đảng bộ thị xã', body('party-committee', { tiers: district, type: 'thị xã' })],
  ['đảng ủy xã|đảng bộ xã|xã ủy', body('party-committee', { tiers: commune, type: 'xã' })],
  ['đảng ủy phường|đảng bộ phường', body('party-committee', { tiers: commune, type: 'phường' })],
  ['đảng ủy thị trấn|đảng bộ thị trấn', body('party-committee', { tiers: commune, type: 'thị trấn' })],
  ['đảng ủy đặc khu|đảng bộ đặc khu', body('party-committee', { tiers: commune, type: 'đặc khu' })],
  [
    'đảng ủy khối|đảng bộ khối|đảng ủy khôi|đảng bộ khôi|đảng ủy khối các cơ quan|đảng bộ khối các cơ quan|đảng ủy khối doanh nghiệp|đảng bộ khối doanh nghiệp|đảng ủy khối cơ quan doanh nghiệp|đảng bộ khối cơ quan doanh nghiệp|đảng ủy khối các cơ quan doanh nghiệp|đảng bộ khối các cơ quan doanh nghiệp',
    body('party-committee', { tiers: bloc }),
  ],
  ['cấp khối|cấp khôi', { is: 'bloc' }],
  ['đảng ủy|đảng bộ|cấp ủy', body('party-committee')],
  ['ban chấp hành', body('party-committee', { exec: 'committee' })],
  ['ban thường vụ|thường vụ', body('party-committee', { exec: 'standing' })],
  [
    'đảng ủy cơ sở|đảng bộ cơ sở|cấp ủy cơ sở|đảng ủy bộ phận|đảng bộ bộ phận|tổ chức cơ sở đảng|tổ chức đảng cơ sở|cấp ủy trực thuộc|chi đảng bộ trực thuộc|đảng bộ chi bộ trực thuộc|chi bộ đảng bộ trực thuộc',
    body('grassroots-committee'),
  ],
  ['chi bộ|chi ủy|chi bộ cơ sở|chi bộ trực thuộc', body('cell')],
  ['ủy ban kiểm tra', body('inspection-committee')],
  ['ban chỉ đạo', body('steering-committee')],
  ['tổ công tác|tổ giúp việc|hội đồng tư vấn|ban tổ chức hội nghị', body('steering-committee')],

  // The centre.
  [
    'ban đảng|ban đảng trung ương|các ban đảng ở trung ương|cơ quan tham mưu|cơ quan tham mưu giúp việc|cơ quan đảng trung ương|học viện chính trị quốc gia hồ chí minh|báo nhân dân|tạp chí cộng sản|nhà xuất bản chính trị quốc gia sự thật',
    body('party-central', { tiers: central }),
  ],
  ['văn phòng chủ tịch nước', body('president-office', { tiers: central })],
  [
    'quốc hội|ủy ban thường vụ quốc hội|văn phòng quốc hội|hội đồng dân tộc|hội đồng dân tộc của quốc hội|cơ quan của quốc hội|cơ quan thuộc quốc hội|kiểm toán nhà nước',
    body('assembly', { tiers: central }),
  ],
  [
    'bộ|bộ quốc phòng|bộ nội vụ|cơ quan ngang bộ|văn phòng chính phủ|thanh tra chính phủ|ủy ban dân tộc|ngân hàng nhà nước việt nam|cơ quan trung ương',
    body('ministry', { tiers: central }),
  ],
  [
    'cơ quan thuộc chính phủ|thông tấn xã việt nam|đài truyền hình việt nam|đài tiếng nói việt nam|viện hàn lâm khoa học công nghệ việt nam|viện hàn lâm khoa học xã hội việt nam|bảo hiểm xã hội việt nam|đơn vị sự nghiệp trung ương',
    body('government-agency', { tiers: central }),
  ],
  ['tổng cục', body('general-department', { rank: RANK['general-department'] })],
  ['cục|vụ|viện', body('bureau', { rank: RANK.bureau })],

  // Bodies of a level.
  ['ban|ban xây dựng đảng', body('board')],
  ['văn phòng', body('office')],
  ['sở', body('department', { tiers: province })],
  [
    'ngành|công an|quân sự|bộ chỉ huy quân sự|ban chỉ huy quân sự|bộ đội biên phòng|bộ chỉ huy bộ đội biên phòng|tòa án|tòa án nhân dân|viện kiểm sát|viện kiểm sát nhân dân|thanh tra|thanh tra tỉnh|đài phát thanh truyền hình|đài phát thanh truyền hình tỉnh|trường chính trị|trung tâm chính trị|đoàn đại biểu quốc hội',
    body('sector'),
  ],
  ['phòng', body('division', { rank: RANK.division })],
  ['cơ quan|đơn vị|địa phương|tổ chức', body('organ')],
  ['hội đồng nhân dân', body('council')],
  ['ủy ban nhân dân', body('people-committee')],
  [
    'mặt trận tổ quốc|mặt trận|ủy ban mặt trận tổ quốc|ủy ban mặt trận tổ quốc việt nam|mặt trận tổ quốc việt nam',
    body('front'),
  ],
  [
    'ủy ban trung ương mặt trận tổ quốc|ủy ban trung ương mặt trận tổ quốc việt nam',
    body('front', { tiers: central }),
  ],
  [
    'đoàn thể|đoàn thể chính trị xã hội|tổ chức chính trị xã hội|ct xh|tổ chức ct xh|các tổ chức chính trị xã hội|công đoàn|liên đoàn lao động|đoàn thanh niên|đoàn thanh niên cộng sản hồ chí minh|đoàn tncs hồ chí minh|đoàn tncs|hội phụ nữ|hội liên hiệp phụ nữ|liên hiệp phụ nữ|hội nông dân|hội cựu chiến binh|đoàn',
    body('mass-organisation'),
  ],
  [
    'trung ương đoàn|tổng liên đoàn lao động việt nam|trung ương hội nông dân việt nam|trung ương hội liên hiệp phụ nữ việt nam|trung ương hội cựu chiến binh việt nam|đoàn thể trung ương',
    body('mass-organisation', { tiers: central }),
  ],
  ['tỉnh đoàn', body('mass-organisation', { tiers: province, type: 'tỉnh' })],
  ['thành đoàn', body('mass-organisation', { tiers: province | district, type: 'thành phố' })],
  ['huyện đoàn', body('mass-organisation', { tiers: district, type: 'huyện' })],
  ['quận đoàn', body('mass-organisation', { tiers: district, type: 'quận' })],
  ['thị đoàn', body('mass-organisation', { tiers: district, type: 'thị xã' })],
  ['đoàn xã', body('mass-organisation', { tiers: commune, type: 'xã' })],
  ['đoàn phường', body('mass-organisation', { tiers: commune, type: 'phường' })],
  [
    'hội quần chúng|tổ chức quần chúng|hội|liên hiệp các hội|liên hiệp hội|liên minh hợp tác xã|hội người cao tuổi|hiệp hội|hội chữ thập đỏ|hội khuyến học|hội đặc thù',
    body('association'),
  ],
  [
    'kho bạc nhà nước|kho bạc|cục thuế|chi cục thuế|thuế|cục hải quan|chi cục hải quan|hải quan|cục thống kê|chi cục thống kê|thống kê|ngân hàng nhà nước|ngân hàng chính sách xã hội|bảo hiểm xã hội|cục thi hành án dân sự|chi cục thi hành án dân sự|cục quản lý thị trường|cục dự trữ nhà nước|bưu điện|kiểm toán nhà nước khu vực',
    body('central-unit'),
  ],
  ['trường|trung tâm giáo dục nghề nghiệp giáo dục thường xuyên', body('school')],
  ['mầm non|mẫu giáo', { is: 'school', schools: SCHOOL.preschool }],
  ['tiểu học', { is: 'school', schools: SCHOOL.primary }],
  ['trung học cơ sở', { is: 'school', schools: SCHOOL['lower-secondary'] }],
  ['trung học phổ thông', { is: 'school', schools: SCHOOL['upper-secondary'] }],
  ['đại học|cao đẳng|trung cấp|học viện', { is: 'school', schools: SCHOOL.higher }],
  ['ban công tác mặt trận', body('village-front', { tiers: village })],
  ['thôn|làng|ấp|bản|buôn|bon|phum|sóc|xóm|cấp thôn|plei|bon làng', body('village', { tiers: village })],
  [
    'tổ dân phố|khu phố|khối phố|khóm|tiểu khu|tổ dân cư|tổ nhân dân|khối',
    body('residential-group', { tiers: village }),
  ],
  ['khu dân cư', { is: 'settlement' }],
  [
    'doanh nghiệp|công ty|tổng công ty|tập đoàn|hợp tác xã|xí nghiệp|ngân hàng|doanh nghiệp tư nhân|doanh nghiệp nhà nước|nhà máy|cửa hàng',
    body('enterprise'),
  ],
  [
    'trung tâm|chi cục|bệnh viện|trạm|đội|đài|tạp chí|nhà xuất bản|quỹ|hạt|bộ môn|bộ phận|bộ tư lệnh|trung đoàn|sư đoàn|đồn|ban quản lý|câu lạc bộ|hội đồng',
    body('unit'),
  ],

  // Levels and places.
  ['trung ương|cấp trung ương', { is: 'tier', tiers: central, type: null }],
  ['tỉnh', { is: 'tier', tiers: province, type: 'tỉnh' }],
  ['cấp tỉnh', { is: 'tier', tiers: province, type: null }],
  ['thành phố', { is: 'tier', tiers: province | district, type: 'thành phố' }],
  ['huyện', { is: 'tier', tiers: district, type: 'huyện' }],
  ['cấp huyện', { is: 'tier', tiers: district, type: null }],
  ['quận', { is: 'tier', tiers: district, type: 'quận' }],
  ['thị xã', { is: 'tier', tiers: district, type: 'thị xã' }],
  ['xã', { is: 'tier', tiers: commune, type: 'xã' }],
  ['cấp xã', { is: 'tier', tiers: commune, type: null }],
  ['phường', { is: 'tier', tiers: commune, type: 'phường' }],
  ['thị trấn', { is: 'tier', tiers: commune, type: 'thị trấn' }],
  ['đặc khu', { is: 'tier', tiers: commune, type: 'đặc khu' }],
  ['cấp cơ sở|cơ sở', { is: 'tier', tiers: TIER.grassroots, type: null }],

  // Words of other things that hold a word of ours.
  [
    'nội vụ|dịch vụ|nhiệm vụ|nghiệp vụ|phục vụ|thời vụ|tổ chức cán bộ|quốc phòng|biên phòng|dự phòng|phòng chống|phòng cháy|xã hội|thương binh xã hội|xuất bản|cơ bản|văn bản|nội bộ|tiến bộ|đường bộ|bộ đội|môi trường|thị trường|cố vấn|củng cố',
    { is: 'word' },
  ],

  // Small words that join.
  ['tương đương|hàm', { is: 'equivalent' }],
  ['thuộc|trực thuộc|của|tại các|trong các', { is: 'of' }],
  ['đóng trên địa bàn|trên địa bàn|đóng tại|đóng chân trên địa bàn|tại', { is: 'located' }],
  [
    'các|những|một số|toàn thể|toàn bộ|tất cả|đồng chí|đ c|đc|mời|đại biểu|là|gồm|bao gồm|gồm có|cả|chính thức|đội ngũ|có liên quan|liên quan|trong|ở|cùng|với|tham gia|điều hành|hội nghị|chủ trì|dự|tiêu biểu|trực tiếp|khác|có thể|tới|đến|mở rộng|mở rộng đối tượng|đối tượng|thành phần|chuyên trách|chuyên môn|tham mưu|giúp việc|hiện nay|phụ trách|đương chức|đảng|nhà nước|việt nam|cấp|địa bàn|mỗi|người|theo|riêng|kèm theo|triệu tập|do|số|khóa|nhiệm kỳ|không chuyên trách|nguyên là|mình|đó|cấp mình|để|thêm|các cấp|nòng cốt|theo quy định|toàn|có|được|đang|công tác',
    { is: 'filler' },
  ],
];
