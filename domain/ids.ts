import { z } from 'zod';

const id = z.string().min(1).max(64);

/** Code of an administrative unit in the official list (mã đơn vị hành chính), kept as text: leading zeros count. */
export const UnitCode = id.brand<'UnitCode'>();
export type UnitCode = z.infer<typeof UnitCode>;

/** Level of a unit tree (cấp). Data, not code: `centre`, `province`, `district`, `commune` are only the usual ones. */
export const LevelId = id.brand<'LevelId'>();
export type LevelId = z.infer<typeof LevelId>;

export const ConferenceId = id.brand<'ConferenceId'>();
export type ConferenceId = z.infer<typeof ConferenceId>;

/** One session (buổi) of a conference, or one rehearsal or line test. */
export const SessionId = id.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

/** One bridge point (điểm cầu) of one conference. */
export const BridgeId = id.brand<'BridgeId'>();
export type BridgeId = z.infer<typeof BridgeId>;

export const PersonId = id.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** One clause (mục thành phần) of a plan: the plan's own numbering, `C1`, `C2`, ... */
export const ClauseId = id.brand<'ClauseId'>();
export type ClauseId = z.infer<typeof ClauseId>;

/** Made by the device that saw what happened: a UUIDv7. A replay has the same id. */
export const EventId = id.brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

/** The machine on which a host works. */
export const DeviceId = id.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

export const AccountId = id.brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;
