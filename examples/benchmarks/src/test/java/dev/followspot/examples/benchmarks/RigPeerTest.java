package dev.followspot.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigPeerTest {

  @TempDir private Path folder;

  private String refused(String... args) {
    StringWriter err = new StringWriter();
    assertThat(RigPeer.commandLine().setErr(new PrintWriter(err, true)).execute(args)).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\tat ");
    return err.toString();
  }

  private Path scenario(String text) throws Exception {
    return Files.writeString(folder.resolve("scenario.properties"), text);
  }

  @ParameterizedTest
  @CsvSource({"--rounds,0", "--rounds,-1", "--warmup,-1", "--think,-5"})
  void a_number_that_makes_no_sense_is_refused(String option, String value) throws Exception {
    String file = scenario("").toString();
    assertThat(refused("--scenario", file, option, value)).contains(option);
  }

  @Test
  void what_is_wrong_with_a_scenario_is_told_with_its_name() throws Exception {
    Path missing = folder.resolve("none.properties");
    assertThat(refused("--scenario", missing.toString())).contains(missing.toString());
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThat(refused("--scenario", binary.toString())).contains(binary.toString());
    Path file = scenario("clusters=two");
    assertThat(refused("--scenario", file.toString()))
        .contains(file.toString())
        .contains("clusters=two");
    assertThat(refused("--scenario", scenario("clusters=1").toString())).contains("cluster.1.name");
  }

  @Test
  void a_folder_that_is_not_there_is_told_before_anything_is_asked() throws Exception {
    String dump = folder.resolve("none").resolve("dump.json").toString();
    assertThat(refused("--scenario", scenario("").toString(), "--dump", dump)).contains(dump);
  }
}
