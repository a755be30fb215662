/**
 * The one bounded engine that every call to an API server goes through.
 *
 * <p>{@link dev.followspot.core.http.ApiClient} is what the rest of Followspot sees: an {@link
 * dev.followspot.core.http.ApiRequest} goes in, an {@link dev.followspot.core.http.ApiResponse} or
 * an {@link dev.followspot.core.http.ApiFailure} comes out. {@link
 * dev.followspot.core.http.HttpEngine} does it, within {@link
 * dev.followspot.core.http.HttpSettings}.
 *
 * <p>Inside, a {@code Call} is one request with all its tries. It gets a credential, then a slot
 * ({@code Slots} is fair to clusters), then a connection: {@code ConnectionPool} shares those of
 * equal {@code Origin}, and {@code Connector} and {@code Opening} make new ones, with the {@code
 * TlsIdentity} of the cluster and the caller. An {@code Exchange} is one request and its answer on
 * one connection; {@code GetExchange} gathers the answer in a {@code Body}. {@code Failures} puts
 * what sockets, TLS and HTTP throw into words.
 */
@NullMarked
package dev.followspot.core.http;

import org.jspecify.annotations.NullMarked;
