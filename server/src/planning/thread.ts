/** A thread that compiles sources for the server, one after the other. */
import { parentPort } from 'node:worker_threads'
import { monotonicNow } from '../clock.ts'
import { answer, type CompileRequest } from './answer.ts'

parentPort?.on('message', (request: CompileRequest) => parentPort?.postMessage(answer(request, monotonicNow)))
