export { type Desk, exampleLogin, openDesk } from './desk.ts';
export { allPrivileges, exampleCall, exampleSnapshot, exampleUser, exampleWaitingCall } from './examples.ts';
export { createFakeGateway, type FakeGateway, type ReceivedRequest } from './fake-gateway.ts';
export { readZip } from './read-zip.ts';
export { connectWindow, deskPeer } from './window-peer.ts';
