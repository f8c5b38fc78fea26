package dev.sinter.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFileTest {
    public record Numbers(double one, Double boxed, float small, double[] many, float[] smallMany, List<Double> list) {}

    @Test
    void what_is_no_number_is_null_wherever_it_stands() throws Exception {
        Numbers numbers = new Numbers(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                new double[] {1.5, Double.NaN},
                new float[] {0.1f, Float.POSITIVE_INFINITY},
                List.of(Double.NEGATIVE_INFINITY, 2.0));
        JsonNode json = new ObjectMapper().readTree(JsonFile.text(numbers));
        assertEquals(
                "{\"one\":null,\"boxed\":null,\"small\":null,\"many\":[1.5,null],\"smallMany\":[0.1,null],"
                        + "\"list\":[null,2.0]}",
                json.toString());
    }
}
