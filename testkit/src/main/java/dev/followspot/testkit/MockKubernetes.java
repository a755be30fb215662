package dev.followspot.testkit;

/** A mock Kubernetes API server. */
public final class MockKubernetes {
  private MockKubernetes() {}
}
