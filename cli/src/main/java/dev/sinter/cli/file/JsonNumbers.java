package dev.sinter.cli.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/// Numbers as JSON has them; Jackson itself would write `"NaN"`, a text where readers expect a number.
final class JsonNumbers {
    private JsonNumbers() {}

    static Module module() {
        return new SimpleModule()
                .addSerializer(Double.class, new OfDouble())
                .addSerializer(double.class, new OfDouble())
                .addSerializer(Float.class, new OfFloat())
                .addSerializer(float.class, new OfFloat())
                .addSerializer(double[].class, new OfDoubles())
                .addSerializer(float[].class, new OfFloats());
    }

    private static void write(double number, JsonGenerator out) throws IOException {
        if (Double.isFinite(number)) {
            out.writeNumber(number);
        } else {
            out.writeNull();
        }
    }

    private static void write(float number, JsonGenerator out) throws IOException {
        if (Float.isFinite(number)) {
            out.writeNumber(number);
        } else {
            out.writeNull();
        }
    }

    private static final class OfDouble extends JsonSerializer<Double> {
        @Override
        public void serialize(Double number, JsonGenerator out, SerializerProvider serializers) throws IOException {
            write(number.doubleValue(), out);
        }
    }

    private static final class OfFloat extends JsonSerializer<Float> {
        @Override
        public void serialize(Float number, JsonGenerator out, SerializerProvider serializers) throws IOException {
            write(number.floatValue(), out);
        }
    }

    private static final class OfDoubles extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] numbers, JsonGenerator out, SerializerProvider serializers) throws IOException {
            out.writeStartArray();
            for (double number : numbers) {
                write(number, out);
            }
            out.writeEndArray();
        }
    }

    private static final class OfFloats extends JsonSerializer<float[]> {
        @Override
        public void serialize(float[] numbers, JsonGenerator out, SerializerProvider serializers) throws IOException {
            out.writeStartArray();
            for (float number : numbers) {
                write(number, out);
            }
            out.writeEndArray();
        }
    }
}
