import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** The client under test: a GET with a time limit for each try, and up to three tries. Returns the status. */
export async function get(url, { agent, timeout = 200, tries = 3, onRetry = () => {} } = {}) {
  for (let left = tries - 1; ; left--) {
    try {
      return await getOnce(url, { agent, timeout });
    } catch (error) {
      if (left === 0) {
        throw error;
      }
      await onRetry(error);
      await sleep(20);
    }
  }
}

function getOnce(url, options) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, options, (response) => resolve(response.resume().statusCode));
    request.on('timeout', () => request.destroy(new Error('timed out')));
    request.on('error', reject);
  });
}
