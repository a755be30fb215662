/**
 * For tests of what uses or extends Followspot.
 *
 * <p>{@link dev.followspot.testkit.MockKubernetes} is a Kubernetes API server with real sockets and
 * TLS, whose objects, rights and {@linkplain dev.followspot.testkit.Fault faults} a test declares,
 * and which remembers each {@link dev.followspot.testkit.MockRequest}. {@link
 * dev.followspot.testkit.FollowspotAssertions} asserts on results, and prints the whole result when
 * something does not hold:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MockKubernetes kubernetes =
 *     MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev");
 *
 * @Test void shows_what_it_may_see() {
 *   kubernetes.add("dev", podsYaml);
 *   assertThat(lookup(kubernetes.cluster("c", "token"))).cell("prod", "pods").isForbidden();
 *   assertThat(kubernetes.requests()).noneMatch(MockRequest::isClusterWide);
 * }
 * }</pre>
 *
 * <p>The contract tests say what an implementation of the SPI must do: extend {@link
 * dev.followspot.testkit.KubernetesFetcherContract}, {@link
 * dev.followspot.testkit.ClusterSupplierContract}, {@link
 * dev.followspot.testkit.AuthStrategyContract} or {@link
 * dev.followspot.testkit.ServiceLocatorContract}, and implement their few methods.
 */
@NullMarked
package dev.followspot.testkit;

import org.jspecify.annotations.NullMarked;
