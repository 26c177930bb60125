import { useEffect, useState } from 'react';

import { machineKey } from './machineKey.ts';

/** Whether it is known which machine this is: its key is there, or there can be none. */
export function useMachineKey(): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    let standing = true;
    void machineKey().then(() => {
      if (standing) setHas(true);
      return undefined;
    });
    return () => {
      standing = false;
    };
  }, []);
  return has;
}
