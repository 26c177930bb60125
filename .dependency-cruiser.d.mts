import type { IForbiddenRuleType } from 'dependency-cruiser';

declare const rules: { forbidden: IForbiddenRuleType[]; options: Record<string, unknown> };
export default rules;
