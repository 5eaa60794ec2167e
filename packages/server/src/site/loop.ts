import type { Answer, SiteConfiguration } from '@cordboard/core';
import { errorText } from '../logging/logger.ts';
import type { CallManagerLink } from '../telephony/call-manager.ts';
import { type Batch, DecideFailed, decideBatch } from './batch.ts';
import { type CallManagerIntake, createIntake } from './call-manager-intake.ts';
import { createDueTimer, type DueTimer } from './due-timer.ts';
import { type Entry, isFromCallManager } from './entry.ts';
import type { JournalSession } from './journal.ts';
import { Loss, StateLost } from './loss.ts';
import { Mailbox } from './mailbox.ts';
import { loadModel, type Model } from './model.ts';
import { encodeRow, type Step } from './row.ts';
import type { SiteBounds, SiteOptions, SiteStatus } from './site-options.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import type { StreamText } from './stream-rings.ts';
import { createUnwritten, mayWait, type Unwritten } from './unwritten.ts';

export interface Loop<State> {
  mailbox: Mailbox;
  /** the state as it is now, and the last step decided; null while it is loaded */
  current(): { state: State; last: number } | null;
  status(): SiteStatus;
  start(): Promise<void>;
  configure(configuration: SiteConfiguration): Promise<Answer>;
  close(): Promise<void>;
}

type LoopOptions<State, Event> = SiteOptions<State, Event> & { bounds: SiteBounds };

/** What one run of the loop has in hand: from taking the lease until the state is lost or the site closed. */
interface Run<State, Event> {
  model: Model<State>;
  link: CallManagerLink;
  intake: CallManagerIntake;
  due: DueTimer;
  snapshots: Snapshots;
  unwritten: Unwritten<Event>;
  loss: Loss;
}

/**
 * The routing loop: take what waits, decide, append, and only then act and publish.
 *
 *   loading --journal read--> reconciling --inventory taken--> running
 *      ^                           |                              |
 *      +---- fenced, outcome unknown, lease lost, core failed ----+
 */
export function createLoop<State, Event>(options: LoopOptions<State, Event>): Loop<State> {
  const { core, clock, journal, logger, bounds } = options;
  const mailbox = new Mailbox();
  const stop = new AbortController();
  let configuration = options.configuration;
  let status: SiteStatus = 'loading';
  let finished: Promise<void> | null = null;
  let firstRun: (() => void) | null = null;
  let failures = 0;
  let lastFailure = 0;
  let clientsLost = false;
  let current: Model<State> | null = null;
  /** number of the last item published, by agent: outlives a reload */
  const shown = new Map<number, number>();
  /** reports on which the core failed: they would come again with every attach */
  const poisoned = new Set<string>();

  async function runUntilClosed(): Promise<void> {
    while (!stop.signal.aborted) {
      status = 'loading';
      mailbox.setGate(false);
      await runOnce().catch(thrown => {
        if (!stop.signal.aborted) reportLoss(thrown);
      });
      // the first time at once, then slower and slower
      if (failures > 1) await pause(Math.min(5000, 50 * 2 ** Math.min(failures, 7)));
    }
    status = 'closed';
    for (const entry of mailbox.dropAll()) refuse(entry);
  }

  function reportLoss(thrown: unknown): void {
    failures = clock.now() - lastFailure > 10_000 ? 1 : failures + 1;
    lastFailure = clock.now();
    const reason = errorText(thrown);
    const cause = thrown instanceof Error && thrown.cause ? errorText(thrown.cause) : undefined;
    logger.error('the site lost its state and loads it again', { reason, cause });
    options.observer?.reloaded(reason);
  }

  async function runOnce(): Promise<void> {
    const session = await journal.open({ signal: stop.signal });
    try {
      await runWith(session);
    } finally {
      await session.close().catch(() => undefined);
    }
  }

  async function runWith(session: JournalSession): Promise<void> {
    const loss = new Loss(() => mailbox.wake());
    session.onLost(() => loss.lose(new StateLost('the lease is lost')));
    const began = clock.now();
    const model = await loadModel(core, session, { rings: bounds.rings, newStream: options.newStream });
    logger.info('the site has its state', {
      epoch: session.epoch,
      steps: model.last,
      milliseconds: clock.now() - began,
    });
    current = model;
    showMissing(model);
    loseAllClients(model);
    mailbox.dropFromCallManager();
    mailbox.putFirst([
      { type: 'configure', configuration, early: model.last === 0, settle: refusedConfiguration },
    ]);
    status = 'reconciling';
    const intake = createIntake(mailbox, model.lineage.position, { poisoned, logger });
    const link = options.callManager.attach({
      epoch: session.epoch,
      after: model.lineage.position,
      listener: intake.listener,
    });
    const due = createDueTimer(clock, () => mailbox.put({ type: 'timersDue' }));
    const snapshots = createSnapshots(core, model, { bounds, clock, logger });
    const unwritten = createUnwritten<Event>(clock, () => mailbox.wake());
    const withoutCallManager = clock.after(bounds.callManagerMilliseconds, () => {
      if (status !== 'reconciling') return;
      logger.warning('the call manager is not there; the site serves agents without it');
      openGate();
    });
    try {
      await serve({ model, link, intake, due, snapshots, unwritten, loss });
    } finally {
      current = null;
      putBackLosses(unwritten.entries);
      unwritten.close();
      withoutCallManager.cancel();
      due.cancel();
      intake.close();
      link.close();
      mailbox.dropFromCallManager();
      await snapshots.settled();
    }
  }

  async function serve(run: Run<State, Event>): Promise<void> {
    while (!stop.signal.aborted) {
      const entries = mailbox.take(bounds.batch);
      if (entries.length > 0) await takeBatch(run, entries);
      else if (run.unwritten.due) await commit(run, []);
      else await mailbox.waiting();
      run.loss.throwIfLost();
    }
    if (run.unwritten.steps.length > 0) await commit(run, []);
  }

  async function takeBatch(run: Run<State, Event>, entries: Entry[]): Promise<void> {
    const { model } = run;
    try {
      const batch = decideBatch(core, model, entries, { site: options.site, now: clock.now() });
      run.intake.keepShort(batch, model);
      model.lineage = batch.lineage;
      model.last += batch.steps.length;
      if (mayWait(batch)) {
        if (batch.steps.length > 0) run.unwritten.keep(batch);
      } else {
        await commit(run, batch.steps);
        act(run, batch);
      }
    } catch (thrown) {
      if (thrown instanceof DecideFailed) putBack(run, entries, thrown.entry);
      else putBackLosses(entries);
      throw thrown;
    }
    run.due.arm(core.nextDue(model.state));
  }

  /** Writes these steps, the last decided, and those that wait before them. */
  async function commit(
    { model, unwritten, loss, link, snapshots }: Run<State, Event>,
    last: Step<Event>[],
  ): Promise<void> {
    const steps = [...unwritten.steps, ...last];
    if (steps.length === 0) return;
    const row = encodeRow(model.last - steps.length, steps, model.lineage);
    const began = performance.now();
    const outcome = await loss.guard(model.session.append(row));
    if (outcome === 'fenced') throw new StateLost('another writer has the site');
    options.observer?.committed({
      steps: steps.length,
      bytes: row.body.length,
      milliseconds: performance.now() - began,
    });
    unwritten.written();
    model.ages.add(row.after, model.lineage.at);
    if (model.lineage.position) link.acknowledge(model.lineage.position);
    snapshots.afterStep();
  }

  /** Everything here is durable. In order: what the call manager shall do, what the agents see, who waits for an answer. */
  function act(run: Run<State, Event>, batch: Batch<Event>): void {
    for (const effect of batch.effects) {
      if (effect.entry.type === 'inventory' && run.intake.isNewest(effect.entry)) {
        run.intake.setLinked();
        openGate();
      }
      if (run.intake.linked) for (const each of effect.commands) run.link.execute(each.id, each.command);
      show(run.model, effect.published);
      effect.settle();
    }
  }

  function show(model: Model<State>, items: StreamText[]): void {
    for (const item of items) {
      model.rings.push(item);
      shown.set(item.agentId, item.seq);
    }
    if (items.length > 0) options.publish(items);
  }

  /** A commit of unknown outcome may have succeeded: what is in the journal and was not shown is shown now. */
  function showMissing(model: Model<State>): void {
    for (const [agentId, seq] of shown) {
      const missing = model.rings.newerThan(agentId, seq);
      for (const item of missing) shown.set(agentId, item.seq);
      if (missing.length > 0) options.publish(missing);
    }
  }

  function openGate(): void {
    mailbox.setGate(true);
    if (status !== 'reconciling') return;
    status = 'running';
    firstRun?.();
    firstRun = null;
  }

  /** Nobody repeats that an application is gone; one that could not attach is gone too, if the state has it. */
  function putBackLosses(entries: readonly Entry[]): void {
    const losses: Entry[] = [];
    for (const entry of entries) {
      refuse(entry);
      if (entry.type !== 'clientLost' && entry.type !== 'clientAttached') continue;
      losses.push({ type: 'clientLost', agentId: entry.agentId, client: entry.client });
    }
    mailbox.putFirst(losses);
  }

  /** Whoever was attached when the last server ended is not attached to this one. */
  function loseAllClients(model: Model<State>): void {
    if (clientsLost) return;
    clientsLost = true;
    const losses = core.attached(model.state).map((agentId): Entry => {
      const client = core.client(model.state, agentId)?.name ?? '';
      return { type: 'clientLost', agentId, client };
    });
    // before what has come already: an application that was quick to attach again is there
    mailbox.putFirst(losses);
  }

  /** The core failed on one message: the others are decided again on the state as it was before. */
  function putBack(run: Run<State, Event>, entries: Entry[], culprit: Entry): void {
    logger.error('the core failed on a message', { type: culprit.type });
    if (isFromCallManager(culprit)) run.intake.poison(culprit);
    else refuse(culprit, { ok: false, refusal: { reason: 'notAvailable', detail: 'the site failed on it' } });
    const others = entries.filter(each => each !== culprit);
    for (const each of others) if (each.type === 'configure') refuse(each);
    mailbox.putFirst(others.filter(each => each.type !== 'configure'));
  }

  function refusedConfiguration(answer: Answer): void {
    if (!answer.ok) logger.warning('the configuration was not taken', { reason: answer.refusal.reason });
  }

  const pause = (milliseconds: number) =>
    new Promise<void>(resolve => {
      const timer = clock.after(milliseconds, resolve);
      stop.signal.addEventListener('abort', () => {
        timer.cancel();
        resolve();
      });
    });

  return {
    mailbox,
    status: () => status,
    current: () => current,
    start() {
      return new Promise(resolve => {
        firstRun = resolve;
        finished ??= runUntilClosed();
      });
    },
    configure(next) {
      configuration = next;
      return new Promise(settle =>
        mailbox.put({ type: 'configure', configuration: next, early: false, settle }),
      );
    },
    async close() {
      stop.abort();
      mailbox.wake();
      await finished;
      status = 'closed';
      firstRun?.();
    },
  };
}

/** The outcome is not known, or it was never decided: whoever waits may ask again with the same id. */
function refuse(entry: Entry, answer: Answer = { ok: false, refusal: { reason: 'connectionLost' } }): void {
  if (entry.type === 'clientAttached') entry.settle('notNow');
  else if ('settle' in entry) entry.settle(answer);
}
