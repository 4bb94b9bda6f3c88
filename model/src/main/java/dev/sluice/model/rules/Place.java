package dev.sluice.model.rules;

import java.math.BigDecimal;

/** A place that a rule names. Immutable. */
public sealed interface Place {
    /** Where it is. */
    Point point();

    /**
     * By its coordinates.
     *
     * @param latitude degrees north, −90 to 90
     * @param longitude degrees east, −180 to 180
     */
    record Coordinates(BigDecimal latitude, BigDecimal longitude) implements Place {
        public Coordinates {
            latitude = RuleLimits.number(latitude);
            longitude = RuleLimits.number(longitude);
            if (Point.at(latitude, longitude).isEmpty()) {
                throw new InvalidRuleException("latitude must be -90 to 90 and longitude -180 to 180, they are "
                        + latitude.toPlainString() + " and " + longitude.toPlainString());
            }
        }

        @Override
        public Point point() {
            return Point.at(latitude, longitude).orElseThrow();
        }
    }

    /** By a US postal code of five digits; the middle of its area. */
    record PostalCode(String code) implements Place {
        public PostalCode {
            if (PostalCodes.find(code).isEmpty()) {
                throw new InvalidRuleException(
                        "postal code must be one of five digits that the Census Bureau's list of " + PostalCodes.YEAR
                                + " has; give coordinates instead");
            }
        }

        @Override
        public Point point() {
            return PostalCodes.find(code).orElseThrow();
        }
    }
}
