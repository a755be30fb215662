/**
 * The one bounded engine that every call to an API server goes through.
 *
 * <p>{@link dev.followspot.core.http.ApiClient} is what the rest of Followspot sees: an {@link
 * dev.followspot.core.http.ApiRequest} goes in, an {@link dev.followspot.core.http.ApiResponse} or
 * an {@link dev.followspot.core.http.ApiFailure} comes out. {@link
 * dev.followspot.core.http.ApiStreams} is the same for requests and answers that are too large or
 * too long for memory. {@link dev.followspot.core.http.HttpEngine} does both, within {@link
 * dev.followspot.core.http.HttpSettings} and {@link dev.followspot.core.http.StreamSettings}.
 *
 * <p>Inside, a {@code Call} is one request with all its tries. It gets a credential, then a slot
 * ({@code Slots} is fair to clusters), then a connection: {@code ConnectionPool} shares those of
 * equal {@code Origin}, and {@code Connector} and {@code Opening} make new ones, with the {@code
 * TlsIdentity} of the cluster and the caller. An {@code Exchange} is one request and its answer on
 * one connection; {@code GetExchange} gathers the answer in a {@code Body}. {@code Failures} puts
 * what sockets, TLS and HTTP throw into words.
 *
 * <p>{@code Streams} has a {@code Connector} of its own, on another {@code Lane}. A {@code
 * StreamCall} is one stream, until the last byte of its answer is taken; {@code StreamExchange}
 * sends its {@code Upload} part by part, and holds what comes in a {@code ResponseBody}, which
 * gives the server as much room as its subscriber makes. {@code StreamHeads} knows which headers go
 * on. After status 101 the socket belongs to an {@code UpgradedConnection}. {@code Http1Duplexer}
 * and {@code Frames} are where HttpCore alone would not do.
 */
@NullMarked
package dev.followspot.core.http;

import org.jspecify.annotations.NullMarked;
