import { personNamed } from '../../../domain/composition/person.ts';
import type { ConferenceId, PersonId } from '../../../domain/ids.ts';
import { writePeople } from '../../../server/people/store.ts';
import type { TestServer } from '../harness.ts';

/** Puts somebody into the roster of a conference. Given an id, it is the person whom another roster has. */
export async function addPerson(
  server: TestServer,
  conference: ConferenceId,
  name: string,
  id = server.context().newId() as PersonId,
): Promise<PersonId> {
  await writePeople(server.database.write, conference, [{ id, ...personNamed(name) }]);
  return id;
}
