package dev.sinter.cli.option;

import dev.sinter.training.quantization.Calibration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `min-max`, `percentile`, `percentile:99.9` or `mse`.
final class CalibrationText implements ITypeConverter<Calibration> {
    private static final String PERCENTILE = "percentile:";

    @Override
    public Calibration convert(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "min-max" -> new Calibration.MinMax();
            case "percentile" -> new Calibration.Percentile(Calibration.Percentile.USUAL);
            case "mse" -> new Calibration.MeanSquaredError();
            default -> {
                if (!lower.startsWith(PERCENTILE)) {
                    throw new TypeConversionException(
                            "'" + text + "' is none of min-max, percentile, percentile:P and mse");
                }
                yield percentile(text, lower.substring(PERCENTILE.length()));
            }
        };
    }

    private static Calibration percentile(String text, String number) {
        try {
            return new Calibration.Percentile(Double.parseDouble(number));
        } catch (NumberFormatException _) {
            throw new TypeConversionException("'" + text + "' has no number such as percentile:99.9");
        } catch (IllegalArgumentException unfit) {
            throw new TypeConversionException(unfit.getMessage());
        }
    }
}
