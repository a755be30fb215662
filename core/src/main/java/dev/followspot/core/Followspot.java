package dev.followspot.core;

/** The engine and its entry point. */
public final class Followspot {
  private Followspot() {}
}
