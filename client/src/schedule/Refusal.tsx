import { Alert, Text } from '@mantine/core';

import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { PlanChanged } from './useSchedule.ts';

/** Why something was not done. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useWords();
  if (!(error instanceof PlanChanged)) return <Failure error={error} />;
  return (
    <Alert color="red" variant="outline" role="alert">
      <Text>{t('schedule.planChanged')}</Text>
    </Alert>
  );
}
