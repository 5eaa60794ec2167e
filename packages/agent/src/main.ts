#!/usr/bin/env node
import { runAgent } from './host/run-agent.ts';

process.exitCode = await runAgent();
