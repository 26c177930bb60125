import type { GrantFailure } from '../../domain/access/grants.ts';
import type { Sentence } from '../../domain/text/language.ts';

/** Why a role is not given. */
export const NOT_GIVEN: Readonly<Record<GrantFailure['reason'], Sentence>> = {
  'not-yours': {
    vi: 'Bạn không phụ trách nơi này nên không giao vai trò ở đây được. Chưa có gì được lưu.',
    en: 'This place is not yours to give roles at. Nothing was saved.',
  },
  'more-than-held': {
    vi: 'Vai trò này có quyền mà bạn không có. Hãy nhờ ban tổ chức giao. Chưa có gì được lưu.',
    en: 'This role may do more than you may. Ask the organizers to give it. Nothing was saved.',
  },
  'own-level': {
    vi: 'Vai trò cùng cấp với bạn do cấp trên giao. Bạn chỉ giao vai trò này cho cấp dưới. Chưa có gì được lưu.',
    en: 'A role of your own level is given by the level above; you may give it below you. Nothing was saved.',
  },
  'longer-than-held': {
    vi: 'Vai trò của bạn hết hạn trước. Hãy chọn ngày hết hạn sớm hơn. Chưa có gì được lưu.',
    en: 'Your own role ends before that. Choose an earlier end. Nothing was saved.',
  },
  'wrong-node': {
    vi: 'Ban tổ chức phụ trách cả hội nghị; đầu mối đơn vị và người phụ trách điểm cầu cần chọn điểm cầu. Chưa có gì được lưu.',
    en: 'An organizer has the whole conference; a unit organizer and a host need a bridge. Nothing was saved.',
  },
  'no-time': {
    vi: 'Thời hạn phải kết thúc sau khi bắt đầu và sau lúc này. Chưa có gì được lưu.',
    en: 'The time must end after it begins, and after now. Nothing was saved.',
  },
};

export const NO_ROLE: Sentence = {
  vi: 'Không có vai trò này, hoặc vai trò đã được thu hồi.',
  en: 'There is no such role, or it was taken away already.',
};
export const NOT_TAKEN: Sentence = {
  vi: 'Vai trò này do cấp trên giao nên bạn không thu hồi được.',
  en: 'This role was given by the level above; you cannot take it away.',
};
