/** The one place that names the test runner: every test takes `it`, `expect` and the rest from here. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
