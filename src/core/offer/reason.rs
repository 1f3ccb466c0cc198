//! Why a method is withheld, as codes that never change.

/// Built-in reasons, found by the engine itself
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Builtin {
    /// The policy is not valid on that day
    PolicyNotValid,
    /// Nobody is named who checked the registration duties
    RegistrationUnchecked,
    /// The payment provider is not connected
    ProviderNotConfigured,
    /// The cart total is missing
    TotalMissing,
    /// The method's own condition does not hold
    Condition,
    /// The cart is too small
    Minimum,
    /// The cart is too large
    Maximum,
    /// The customer would owe too much
    Exposure,
}

impl Builtin {
    /// All of them in the order in which they are told; the rules' reasons come before [`Builtin::Condition`]
    pub const ALL: [Self; 8] = [
        Self::PolicyNotValid,
        Self::RegistrationUnchecked,
        Self::ProviderNotConfigured,
        Self::TotalMissing,
        Self::Condition,
        Self::Minimum,
        Self::Maximum,
        Self::Exposure,
    ];

    /// Its bit in [`super::MethodAnswer::builtin`]
    #[must_use]
    pub fn bit(self) -> u8 {
        match self {
            Self::PolicyNotValid => 1,
            Self::RegistrationUnchecked => 2,
            Self::ProviderNotConfigured => 4,
            Self::TotalMissing => 8,
            Self::Condition => 16,
            Self::Minimum => 32,
            Self::Maximum => 64,
            Self::Exposure => 128,
        }
    }

    /// Its bit if it applies, else none
    pub(crate) fn bit_if(self, applies: bool) -> u8 {
        if applies { self.bit() } else { 0 }
    }

    /// The reason it stands for, where a method whose condition does not hold gives `condition`
    #[must_use]
    pub fn reason(self, condition: Reason) -> Reason {
        match self {
            Self::PolicyNotValid => Reason::PolicyNotValid,
            Self::RegistrationUnchecked => Reason::RegistrationUnchecked,
            Self::ProviderNotConfigured => Reason::ProviderNotConfigured,
            Self::TotalMissing => Reason::TotalMissing,
            Self::Condition => condition,
            Self::Minimum => Reason::AmountMinimum,
            Self::Maximum => Reason::AmountMaximum,
            Self::Exposure => Reason::ExposureExceeded,
        }
    }
}

macro_rules! reasons {
    ($($name:ident = $number:literal $code:literal $who:ident $doc:literal),+ $(,)?) => {
        /// Why a method is withheld
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Reason { $(#[doc = $doc] $name),+ }

        impl Reason {
            /// All reasons, in the order of their numbers
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code, the same for ever
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The number for it in compiled policies and answers
            #[must_use]
            pub fn number(self) -> u8 {
                match self { $(Self::$name => $number),+ }
            }

            /// The reason with that number
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                match number { $($number => Some(Self::$name),)+ _ => None }
            }

            /// Whether a merchant may give it to a rule or a method; the others are the engine's own
            #[must_use]
            pub fn is_for_policies(self) -> bool {
                match self { $(Self::$name => reasons!(@$who)),+ }
            }
        }
    };
    (@engine) => { false };
    (@policy) => { true };
}

reasons! {
    General = 0 "general" policy "Not part of this order; nothing more may be told",
    PolicyNotValid = 1 "policy.not_valid" engine "The policy is not valid on that day",
    RegistrationUnchecked = 2 "legal.registration_unchecked" engine "Nobody is named who checked the registration duties",
    ProviderNotConfigured = 3 "provider.not_configured" engine "The payment provider is not connected",
    TotalMissing = 4 "cart.total_missing" engine "The cart total is missing",
    MethodCondition = 5 "method.condition" policy "The method's own condition does not hold",
    AmountMinimum = 6 "amount.minimum" engine "The cart is too small",
    AmountMaximum = 7 "amount.maximum" engine "The cart is too large",
    ExposureExceeded = 8 "exposure.exceeded" engine "The customer would owe too much in all",
    CountryNotServed = 9 "country.not_served" policy "Not in that country",
    AddressDiffers = 10 "address.differs" policy "Delivery and billing address differ",
    AddressChangedRecently = 11 "address.changed_recently" policy "The delivery address is new",
    CustomerMinor = 12 "customer.minor" policy "For adults only",
    CompanyOnly = 13 "customer.company_only" policy "For companies only",
    ConsumerOnly = 14 "customer.consumer_only" policy "For consumers only",
    AccountOverdue = 15 "account.overdue" policy "An invoice is past its due date",
    HistoryDeclined = 16 "history.declined" policy "Payments failed lately",
    VelocityOrders = 17 "velocity.orders" policy "Many orders in a short time",
    ChannelNotServed = 18 "channel.not_served" policy "Not over this channel",
    GoodsExcluded = 19 "goods.excluded" policy "Not for these goods",
    DeliveryMethod = 20 "delivery.method" policy "Not with this delivery",
    RiskClass = 21 "risk.class" policy "Not in this class",
    IdentityUnconfirmed = 22 "identity.unconfirmed" policy "Something that the person said has yet to be confirmed",
}

impl Reason {
    /// The reason with that code
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_codes_name_one_reason_each() {
        for (place, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(usize::from(reason.number()), place);
            assert_eq!(Reason::from_number(reason.number()), Some(*reason));
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
        }
        assert_eq!(Reason::from_number(23), None);
        assert_eq!(Reason::from_code("amount"), None);
    }

    #[test]
    fn built_in_reasons_stand_in_the_order_of_their_bits_and_one_before_their_numbers() {
        // JavaScript makes reasons from the bits by this rule.
        for (builtin, place) in Builtin::ALL.into_iter().zip(0_u8..) {
            assert_eq!(builtin.bit(), 1 << place);
            let own = if builtin == Builtin::Condition { Reason::CompanyOnly.number() } else { place + 1 };
            assert_eq!(builtin.reason(Reason::CompanyOnly).number(), own);
        }
    }
}
