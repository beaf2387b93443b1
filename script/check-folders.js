// A folder of a room is a paragraph: somebody who opens it reads its names. With more entries than this it needs folders of its own. The rooms
// themselves, which src has, are listed in .dependency-cruiser.js.
import { readdirSync } from 'node:fs';

const MOST = 15;

const folders = readdirSync('src', { withFileTypes: true, recursive: true }).filter((entry) => entry.isDirectory());
const crowded = folders
  .map(({ parentPath, name }) => `${parentPath}/${name}`)
  .map((folder) => ({ folder, entries: readdirSync(folder).length }))
  .filter(({ entries }) => entries > MOST);
for (const { folder, entries } of crowded) {
  console.error(`${folder}: ${entries} entries, more than ${MOST}: join files of one subject, or make a folder of some`);
}
process.exitCode = crowded.length === 0 ? 0 : 1;
