import { Frame } from './Frame.tsx';

export function MorePage() {
  return (
    <Frame title="" about="">
      <span />
    </Frame>
  );
}
