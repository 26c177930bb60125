import { Text } from '@mantine/core';

import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';

/** No bridge here takes part in the session that is shown: why there is nothing to see, and where to look. */
export function TakesNoPart() {
  const { t } = useWords();
  return (
    <Text role="status">
      <StateShape state="review" /> {t('live.takesNoPart')}
    </Text>
  );
}
