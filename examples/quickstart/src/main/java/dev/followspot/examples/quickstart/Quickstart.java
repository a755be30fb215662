package dev.followspot.examples.quickstart;

/** Prints what it is. */
public final class Quickstart {
  private Quickstart() {}

  /**
   * Runs the example.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.out.println("Followspot quickstart");
  }
}
