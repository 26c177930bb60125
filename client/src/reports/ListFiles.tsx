import { Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

import { type DueList, type DueNode } from '../../../domain/reports/due-list.ts';
import { isUnanswered } from '../../../domain/reports/reminders.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { holdsBelow, useMe } from '../app/account.ts';
import { reminderContracts } from '../../../domain/wire/reminders.ts';
import { useWords } from '../app/language.ts';
import type { Contacts } from './useContacts.ts';

interface Props {
  readonly conference: string;
  readonly list: DueList;
  readonly node: DueNode;
  readonly contacts: Contacts;
}

/** Those who have not answered, to be taken along: as a file, as telephone numbers, as words for a message. */
export function ListFiles({ conference, list, node, contacts }: Props) {
  const { t, language } = useWords();
  const account = useMe().data;
  const clipboard = useClipboard({ timeout: 4000 });
  if (!holdsBelow(account, conference, 'people')) return null;
  const open = list.nodes.slice(node.place + 1, node.end).filter(isUnanswered);
  const phones = [...new Set(open.flatMap(({ id }) => contacts.get(id)?.phone ?? []))];
  const link = new URL('/', window.location.href).href;
  const message = () =>
    node.dueBefore === null
      ? t('remind.messageNoDue', { link })
      : t('remind.message', { due: formatDateTime(node.dueBefore, language), link });
  const file = (format: 'xlsx' | 'csv') =>
    urlOf(reminderContracts.exportUnanswered, {
      params: { conference, bridge: node.id },
      query: { format, language },
    });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default">{t(clipboard.copied ? 'remind.copied' : 'remind.otherWays')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item mih={44} component="a" href={file('xlsx')}>
          {t('remind.file', { format: 'XLSX' })}
        </Menu.Item>
        <Menu.Item mih={44} component="a" href={file('csv')}>
          {t('remind.file', { format: 'CSV' })}
        </Menu.Item>
        <Menu.Item mih={44} disabled={phones.length === 0} onClick={() => clipboard.copy(phones.join(', '))}>
          {t('remind.copyPhones', { n: formatNumber(phones.length, language) })}
        </Menu.Item>
        <Menu.Item mih={44} onClick={() => clipboard.copy(message())}>
          {t('remind.copyMessage')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
