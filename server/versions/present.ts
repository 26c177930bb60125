import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { FigureDifference } from '../../domain/reports/attendance-report.ts';
import { DIFFERENCES_LISTED, type ReportDifference, type ReportVersion } from '../../domain/wire/versions.ts';
import type { ListedReport } from './queries.ts';

/** A bridge that is gone since is named by its id: what was frozen of it stays. */
export function presentDifference(difference: FigureDifference, tree: BridgeTree | null): ReportDifference {
  const { bridge, figure, before, after } = difference;
  return { bridge, bridgeName: tree?.get(bridge)?.name ?? bridge, figure, before, after };
}

export function presentVersion(report: ListedReport, tree: BridgeTree | null): ReportVersion {
  const { version, sequence, at, differing, differences } = report;
  const shown = differences.slice(0, DIFFERENCES_LISTED).map((one) => presentDifference(one, tree));
  return { version, sequence, at, differing, differences: shown };
}
