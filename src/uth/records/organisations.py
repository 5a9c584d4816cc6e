"""Places and authorities (steder og myndigheder): dated, with successors, since regions merge on 1 January 2027."""

from datetime import date

from django.db import models

from uth.law.terms import Approvers, AuthorityKind, EventKind, PlaceKind, Sector, Term
from uth.records.sealing import keyed_hash

SINCE_EVER = date(1900, 1, 1)  # the first day of what has always been so, as far as we know


def choices(term: type[Term]) -> list[tuple[str, str]]:
    """A Term's values as Django choices; the labels stay in the law, so rewording one is no migration."""
    return [(str(member), str(member)) for member in term]


class Organisation(models.Model):
    """An authority that receives reports, or a part of one; a user's rights follow the subtree."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=choices(AuthorityKind))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    path = models.CharField(max_length=500, db_index=True, help_text="/key/of/every/ancestor/and/own/")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lies_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="a kommune's region",
    )
    contact_mail = models.EmailField(blank=True)
    contact_unverified = models.BooleanField(default=False)
    approvers = models.CharField(
        max_length=20, choices=choices(Approvers), blank=True, help_text="empty: as the one above has it"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def path_below(cls, parent: "Organisation | None", key: str) -> str:
        """The path of a part with this key below the parent."""
        return f"{parent.path if parent else '/'}{key}/"

    @classmethod
    def below(cls, paths: list[str]) -> "models.QuerySet[Organisation]":
        """The organisations with these paths and every part of them."""
        wanted = models.Q(pk__in=[])
        for path in paths:
            wanted |= models.Q(path__startswith=path)
        return cls._default_manager.filter(wanted)


class Place(models.Model):
    """Where something can happen (hændelsessted). Who runs and supervises it stands in its tenures."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=30, choices=choices(Sector))
    kind = models.CharField(max_length=30, choices=choices(PlaceKind))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    municipality = models.CharField(max_length=4, blank=True)
    region = models.SlugField(max_length=80, blank=True)
    lies_on = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="units_on",
        help_text="the physical hospital a unit lies on, whoever it belongs to",
    )
    sor_id = models.CharField(max_length=20, blank=True, db_index=True)
    ydernummer = models.CharField(max_length=10, blank=True)
    hidden = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    search_text = models.CharField(max_length=500, db_index=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tenure(models.Model):
    """Who runs, supervises or receives for a place in one period (driftsansvar og tilsyn); `until` is its last day."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tenures")
    operator = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="operates"
    )
    supervisor = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="supervises"
    )
    receives_itself = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="own_places"
    )
    since = models.DateField(help_text="SINCE_EVER where nobody knows the first day")
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    unverified = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "since"]
        constraints = [
            models.UniqueConstraint(fields=["place", "since"], name="one_tenure_a_place_and_day"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_tenure_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.since}"


class Delegation(models.Model):
    """Which part of the receiver looks at what happens in a place (delegeret enhedsansvar), in one period."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="delegations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegated")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["place", "since"]

    def __str__(self) -> str:
        return f"{self.place} {self.since}"


class Finder(models.Model):
    """Who finds the place when nobody knows it (stedfinder), in one period; chosen, never guessed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.since}"


class PlaceAlias(models.Model):
    """A name people search for."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    search_text = models.CharField(max_length=200, db_index=True)

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """A sundhedsaftale that sends a transition event elsewhere (§ 4, stk. 6, 2. pkt.)."""

    name = models.CharField(max_length=300)
    event = models.CharField(max_length=30, choices=choices(EventKind), default=EventKind.TRANSITION)
    from_authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Cluster(models.Model):
    """A quality cluster (klynge) of practices of one specialty."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    specialty = models.CharField(max_length=100)
    region = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clusters")

    def __str__(self) -> str:
        return self.name


class ClusterMember(models.Model):
    """A practice's membership of a cluster, over time."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="members")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="clusters")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.cluster} / {self.place}"


class Installation(models.Model):
    """What this site is (installationen): one row, written once by the set-up."""

    kind = models.CharField(max_length=10, help_text="local, national or both")
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True)
    setup_hash = models.CharField(max_length=64, blank=True, help_text="of the one-time link")

    def __str__(self) -> str:
        return self.name


NEW_HOSPITAL = "new"  # the choice, at the set-up, for an authority that stands in no public list
LOCAL_KINDS = frozenset({AuthorityKind.REGION, AuthorityKind.MUNICIPALITY, AuthorityKind.PRIVATE_HOSPITAL})
KINDS_AT = {  # kind of site -> the authorities that can set it up
    "local": LOCAL_KINDS,
    "national": frozenset({AuthorityKind.NATIONAL}),
    "both": LOCAL_KINDS | {AuthorityKind.NATIONAL},
}


def setup_hash(token: str) -> str:
    """What the row keeps of the one-time link."""
    return keyed_hash("setup link", token)
