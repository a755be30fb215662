package dev.followspot.core.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Entity;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityQueryTest {

  private static EntityQuery withId(String id) {
    return EntityQuery.of(Entity.component("order").annotation(Entity.KUBERNETES_ID, id).build());
  }

  @Test
  void a_label_selector_wins_over_an_id_and_is_taken_as_it_is() {
    EntityQuery query =
        EntityQuery.of(
            Entity.component("order")
                .annotation(Entity.KUBERNETES_ID, "id")
                .annotation(Entity.LABEL_SELECTOR, "app in (a, b),!canary")
                .build());
    assertThat(query).isEqualTo(new EntityQuery(null, "app in (a, b),!canary", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void a_blank_namespace_counts_as_absent(String namespace) {
    Entity entity = Entity.component("order").annotation(Entity.NAMESPACE, namespace).build();
    assertThat(EntityQuery.of(entity).namespace()).isNull();
  }

  @Test
  void no_id_selects_anything_but_its_own_label() {
    long seed = 7;
    Random random = new Random(seed);
    String characters = "aZ9-_.,=!() \n\t'\"%ü";
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(70); length > 0; length--) {
        int bound = random.nextBoolean() ? 6 : characters.length();
        text.append(characters.charAt(random.nextInt(bound)));
      }
      String id = text.toString();
      EntityQuery query = withId(id);
      if (query.problem() == null) {
        assertThat(query.labelSelector())
            .describedAs("seed %d, case %d", seed, i)
            .isEqualTo("backstage.io/kubernetes-id=" + id)
            .matches("backstage.io/kubernetes-id=[A-Za-z0-9_.-]{1,63}");
      } else {
        assertThat(query.labelSelector()).isEmpty();
        assertThat(query.problem()).contains(Entity.KUBERNETES_ID);
      }
    }
  }
}
