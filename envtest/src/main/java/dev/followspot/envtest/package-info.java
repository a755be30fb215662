/**
 * A real Kubernetes API server for tests: {@link dev.followspot.envtest.RealApiServer} starts etcd
 * and kube-apiserver on loopback, once for each JVM, from the binaries that the environment
 * variable {@code KUBEBUILDER_ASSETS} names. Without them, a test that asks for the server is
 * skipped.
 */
@NullMarked
package dev.followspot.envtest;

import org.jspecify.annotations.NullMarked;
