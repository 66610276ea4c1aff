/**
 * How connections are made: proxies, trusted certificates, own certificates. The same for the API and for the socket of a
 * browser. Start with {@link ai.bctrl.network.Network}; {@link ai.bctrl.network.NetworkFault} says in words what went wrong.
 */
@NullMarked
package ai.bctrl.network;

import org.jspecify.annotations.NullMarked;
