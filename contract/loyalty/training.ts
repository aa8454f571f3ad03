/** The network that training cards say they are of. No real network bears this number, so neither till takes the other's cards. */
export const trainingNetworkId = 65_534;
