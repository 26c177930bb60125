import { useState } from 'react';

/** What is typed into a field that is kept as soon as it is left: a text, and what is wrong with it. */
export function useSavedText(value: string) {
  const [text, setText] = useState(value);
  const [fault, setFault] = useState<string | null>(null);
  const [kept, setKept] = useState(value);
  const putBack = () => {
    setText(value);
    setFault(null);
  };
  // What was kept meanwhile, here or elsewhere, takes the place of what stood there.
  if (kept !== value) {
    setKept(value);
    putBack();
  }
  return { text, setText, fault, setFault, putBack };
}
