package dev.followspot.envtest;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The two programs. */
record Binaries(Path etcd, Path apiServer) {

  static final String VARIABLE = "KUBEBUILDER_ASSETS";

  static final String HOW_TO_GET_THEM =
      "this test needs a real Kubernetes API server: set the environment variable "
          + VARIABLE
          + " to a folder with the programs etcd and kube-apiserver, for example the one that"
          + " `go run sigs.k8s.io/controller-runtime/tools/setup-envtest@latest use -p path` prints";

  /**
   * Finds them.
   *
   * @param folder the value of the variable, null if it is not set
   * @throws TestAbortedException if the variable is not set
   * @throws IllegalStateException if it is, and the programs are not there
   */
  static Binaries in(@Nullable String folder) {
    if (folder == null || folder.isBlank()) {
      throw new TestAbortedException(HOW_TO_GET_THEM);
    }
    return new Binaries(program(folder, "etcd"), program(folder, "kube-apiserver"));
  }

  private static Path program(String folder, String name) {
    Path program = Path.of(folder, name);
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          VARIABLE + " is '" + folder + "', and there is no program " + name + " in it");
    }
    return program;
  }
}
