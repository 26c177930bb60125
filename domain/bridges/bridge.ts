import { z } from 'zod';

import { BridgeId, PersonId, UnitCode } from '../ids.ts';
import { MailAddress } from '../mail/address.ts';

/**
 * Class of a bridge: which of the plan's composition clauses speak of it. A territorial bridge has the id of its
 * unit's level (`province`, `district`, `commune`); beside them stand the classes below. Open for more.
 */
export const BridgeClass = z.string().min(1).max(32).brand<'BridgeClass'>();
export type BridgeClass = z.infer<typeof BridgeClass>;

/** The bridge classes that plans are known to use, with their names. */
export const BRIDGE_CLASSES = {
  central: { vi: 'Điểm cầu Trung ương', en: 'Central bridge' },
  agency: { vi: 'Bộ, ngành, cơ quan Trung ương', en: 'Ministries and central agencies' },
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
  'party-bloc': { vi: 'Đảng ủy Khối', en: 'Party bloc' },
  'direct-committee': {
    vi: 'Đảng ủy trực thuộc Trung ương',
    en: 'Party committees directly under the Centre',
  },
  'armed-forces': { vi: 'Lực lượng vũ trang', en: 'Armed forces' },
  enterprise: { vi: 'Doanh nghiệp', en: 'Enterprises' },
  grassroots: { vi: 'Cấp cơ sở', en: 'Grassroots organisations' },
  village: { vi: 'Thôn, tổ dân phố', en: 'Villages and wards' },
} as const satisfies Record<string, { vi: string; en: string }>;

/** What must be ready at a bridge before the day ("cơ sở vật chất, kỹ thuật đường truyền kết nối"). */
export const READINESS_ITEMS = ['room', 'equipment', 'line', 'line-test', 'documents', 'host'] as const;
export const ReadinessItem = z.enum(READINESS_ITEMS);
export type ReadinessItem = z.infer<typeof ReadinessItem>;

/** Whom to call at a bridge: who looks after the room's equipment and line, and who organizes it (đầu mối). */
export const CONTACT_KINDS = ['technical', 'organizer'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Somebody to call or to write to; name, number or address is known at least. */
export const Contact = z.object({
  name: z.string().min(1).max(200).nullable(),
  phone: z.string().min(1).max(40).nullable(),
  /** Absent where none is known. */
  email: MailAddress.optional(),
});
export type Contact = z.infer<typeof Contact>;
export const BridgeContacts = z.object({ technical: Contact.nullable(), organizer: Contact.nullable() });
export type BridgeContacts = z.infer<typeof BridgeContacts>;
export const NO_CONTACTS: BridgeContacts = { technical: null, organizer: null };

/** A bridge point (điểm cầu) of one conference. */
export const Bridge = z.object({
  id: BridgeId,
  class: BridgeClass,
  name: z.string().min(1).max(300),
  /** The administrative unit whose bridge it is; null for a ministry, a Party bloc, an enterprise. */
  unit: UnitCode.nullable(),
  /** The organisation that runs it, in words, where there is no unit: `Bộ Khoa học và Công nghệ`. */
  organisation: z.string().max(300).nullable(),
  /** The bridge above it in the line of reports (cấp trên trực tiếp); null only at the top. */
  parent: BridgeId.nullable(),
  /** The bridge that its picture comes from, where that is not `parent`. Null at the top. */
  feedParent: BridgeId.nullable(),
  /** Seats in the room; null while nobody has said. */
  capacity: z.int().min(0).nullable(),
  /** The one person who chairs it (chủ trì); null while nobody is assigned: the bridge is not ready. */
  chair: PersonId.nullable(),
  address: z.string().max(500).nullable(),
  ready: z.array(ReadinessItem),
  contacts: BridgeContacts,
});
export type Bridge = z.infer<typeof Bridge>;

/** All bridges of a conference, free of cycles, with one root. */
export interface BridgeTree {
  readonly root: Bridge;
  /** Every bridge, each after its parent, siblings in the order given. */
  readonly bridges: readonly Bridge[];
  get(id: BridgeId): Bridge | undefined;
  children(id: BridgeId): readonly Bridge[];
  /** From the bridge itself up to the root. */
  path(id: BridgeId): readonly Bridge[];
  /** The bridge and everything below it, in tree order. */
  subtree(id: BridgeId): readonly Bridge[];
}
