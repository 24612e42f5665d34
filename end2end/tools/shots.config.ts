import { defineConfig } from '@playwright/test';

import config from '../playwright.config';

/** `npm run shots`: pictures of pages, for looking at. SHOTS="/ /login /help" chooses the pages. */
export default defineConfig(config, {
  testDir: '.',
  testMatch: 'screenshots.ts',
  timeout: 300_000,
});
