"""The home of the use cases about teams, how partners stand, and bringing clients in."""

from dataclasses import dataclass

from bot.use_cases_papers import PaperUseCases
from domain.usecases.inviting.accept import AcceptInvitation
from domain.usecases.inviting.invite import ForgetInvitations, InviteClient
from domain.usecases.promos.give import GivePromo, OfferPromos
from domain.usecases.promos.use import RemindOfPromos, UsePromo
from domain.usecases.standing.change import ChangeStanding
from domain.usecases.team.change import ChangeTeam
from domain.usecases.team.invite import InviteColleague
from domain.usecases.team.join import JoinTeam
from domain.usecases.team.leave import LeaveTeam
from domain.usecases.team.show import ShowTeam


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamUseCases(PaperUseCases):
    """A part of all use cases; a field is named as the parameter of a handler."""

    change_standing: ChangeStanding
    change_team: ChangeTeam
    invite_colleague: InviteColleague
    join_team: JoinTeam
    leave_team: LeaveTeam
    show_team: ShowTeam
    # clients invited by e-mail
    accept_invitation: AcceptInvitation
    forget_invitations: ForgetInvitations
    invite_client: InviteClient
    # promo codes for clients
    give_promo: GivePromo
    offer_promos: OfferPromos
    remind_of_promos: RemindOfPromos
    use_promo: UsePromo
