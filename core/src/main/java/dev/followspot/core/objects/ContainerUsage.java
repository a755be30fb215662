package dev.followspot.core.objects;

import java.util.Objects;

/**
 * What one container uses, requests and may use at most.
 *
 * @param container its name
 * @param cpu CPU in cores
 * @param memory memory in bytes
 */
public record ContainerUsage(String container, Usage cpu, Usage memory) {

  /** Checks the components. */
  public ContainerUsage {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(memory, "memory");
  }
}
