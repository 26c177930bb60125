import { Command, CommanderError } from 'commander';

import { registerConferences } from './cli/conferences.ts';
import { registerPeople } from './cli/people.ts';
import { registerPlan } from './cli/plan.ts';
import { registerReports } from './cli/reports.ts';
import { BadUsage } from './cli/report.ts';

/** `npm run -s cli -- <command>`: every step without the web. Exit 0, 1 for a negative finding, 2 for bad usage. */
const program = new Command('nhipcau')
  .description('Lên lịch hội nghị trực tuyến theo điểm cầu và giữ sổ điểm danh')
  .option('--data <folder>', 'thư mục dữ liệu', process.env['DATA'] ?? 'data')
  .option('--json', 'in đúng một giá trị JSON', false)
  .option('--language <language>', 'vi hoặc en', 'vi')
  .showHelpAfterError()
  .exitOverride();

for (const register of [registerPlan, registerConferences, registerPeople, registerReports])
  register(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version were asked for; everything else is bad usage, which commander has already explained.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof BadUsage) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
